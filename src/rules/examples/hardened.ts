import { Example, yaml } from './snippet';

export const hardenedExamples = {
  'image-reference': {
    bad: yaml`
      containers:
      - name: web
        image: https://ghcr.io/acme/Shop
    `,
    good: yaml`
      containers:
      - name: web
        image: ghcr.io/acme/shop:1.4.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
  },
  'image-digest': {
    bad: yaml`
      containers:
      - name: web
        image: ghcr.io/acme/shop:1.4.2
    `,
    good: yaml`
      containers:
      - name: web
        image: ghcr.io/acme/shop:1.4.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
  },
  'image-tag': {
    bad: yaml`
      containers:
      - name: web
        image: ghcr.io/acme/shop:latest@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
    good: yaml`
      containers:
      - name: web
        image: ghcr.io/acme/shop:1.4.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
  },
  'image-drift': {
    bad: yaml`
      # images.lock.json: ghcr.io/acme/shop:1.4.2 is sha256:6c3c624b58db…
      containers:
      - name: web
        image: ghcr.io/acme/shop:1.4.2@sha256:9f1b2c7de04a5b6839c1d2e3f4a5968778695a4b3c2d1e0f9e8d7c6b5a403f2e
    `,
    good: yaml`
      # images.lock.json: ghcr.io/acme/shop:1.4.2 is sha256:6c3c624b58db…
      containers:
      - name: web
        image: ghcr.io/acme/shop:1.4.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
  },
  'image-registry': {
    bad: yaml`
      # policy: registries: { ghcr.io/acme: {} }
      containers:
      - name: web
        image: ghcr.io/acme-evil/shop:1.4.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
    good: yaml`
      # policy: registries: { ghcr.io/acme: {} }
      containers:
      - name: web
        image: ghcr.io/acme/shop:1.4.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
  },
  'image-pull-policy': {
    bad: yaml`
      containers:
      - name: web
        imagePullPolicy: Never
    `,
    good: yaml`
      containers:
      - name: web
        imagePullPolicy: Always
    `,
  },
  'image-pull-secret': {
    bad: yaml`
      # policy: registries: { quay.io/acme: { pullSecret: quay } }
      containers:
      - name: web
        image: quay.io/acme/shop:1.4.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
    good: yaml`
      # policy: registries: { quay.io/acme: { pullSecret: quay } }
      imagePullSecrets: [{ name: quay }]
      containers:
      - name: web
        image: quay.io/acme/shop:1.4.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
  },
  'image-platform': {
    bad: yaml`
      # images.lock.json: the image is locked for linux/amd64
      nodeSelector: { kubernetes.io/arch: arm64 }
      containers:
      - name: web
        image: ghcr.io/acme/shop:1.4.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
    good: yaml`
      # images.lock.json: the image is locked for linux/amd64
      nodeSelector: { kubernetes.io/arch: amd64 }
      containers:
      - name: web
        image: ghcr.io/acme/shop:1.4.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
  },
  'image-user': {
    bad: yaml`
      # images.lock.json: the user of the image is app, which is 1000 in its /etc/passwd
      securityContext: { runAsNonRoot: true }
      containers:
      - name: web
        image: ghcr.io/acme/cart:2.0.1@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
    `,
    good: yaml`
      # images.lock.json: the user of the image is app, which is 1000 in its /etc/passwd
      securityContext: { runAsNonRoot: true }
      containers:
      - name: web
        image: ghcr.io/acme/cart:2.0.1@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
        securityContext: { runAsUser: 1000 }
    `,
  },
  'read-only-root-filesystem': {
    bad: yaml`
      containers:
      - name: web
        securityContext: { readOnlyRootFilesystem: false }
    `,
    good: yaml`
      containers:
      - name: web
        securityContext: { readOnlyRootFilesystem: true }
        volumeMounts: [{ name: tmp, mountPath: /tmp }]
      volumes:
      - name: tmp
        emptyDir: { sizeLimit: 64Mi }
    `,
  },
  'image-writable-paths': {
    bad: yaml`
      # images.lock.json: the image has VOLUME /data
      containers:
      - name: web
        image: ghcr.io/acme/store:7.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
        securityContext: { readOnlyRootFilesystem: true }
    `,
    good: yaml`
      # images.lock.json: the image has VOLUME /data
      containers:
      - name: web
        image: ghcr.io/acme/store:7.2@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
        securityContext: { readOnlyRootFilesystem: true }
        volumeMounts: [{ name: data, mountPath: /data }]
      volumes:
      - name: data
        emptyDir: { sizeLimit: 64Mi }
    `,
  },
  'host-path': {
    bad: yaml`
      volumes:
      - name: runtime
        hostPath: { path: /var/run }  # holds the runtime's socket
    `,
    good: yaml`
      # policy: hostPaths: { /data: {} }
      containers:
      - name: web
        volumeMounts: [{ name: data, mountPath: /data, readOnly: true }]
      volumes:
      - name: data
        hostPath: { path: /data/shop }
    `,
  },
  'service-account-token': {
    bad: yaml`
      automountServiceAccountToken: null  # unset means true
    `,
    good: yaml`
      automountServiceAccountToken: false
    `,
  },
  'startup-download': {
    bad: yaml`
      containers:
      - name: web
        command: [sh, -c, 'pip install flask && exec python app.py']
    `,
    good: yaml`
      containers:
      - name: web
        command: [python, app.py]  # flask is in the image
    `,
  },
} as const satisfies Record<string, Example>;
