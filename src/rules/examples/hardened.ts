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
