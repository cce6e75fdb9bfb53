import { Example, yaml } from './snippet';

export const baselineExamples = {
  'manifest': {
    bad: yaml`
      containers:
      - name: web
        securityContext:
          capabilities: { drop: ALL }  # a string where a list belongs
    `,
    good: yaml`
      containers:
      - name: web
        securityContext:
          capabilities: { drop: [ALL] }
    `,
  },
  'embedded-manifest': {
    isWhole: true,
    bad: yaml`
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      spec:
        podSpecPatch: |
          nodeSelector: { disk: "{{inputs.parameters.disk}}" }  # what comes here may hold anything
    `,
    good: yaml`
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      spec:
        podSpecPatch: |
          nodeSelector: { disk: ssd }
    `,
  },
  'host-process': {
    bad: yaml`
      securityContext:
        windowsOptions: { hostProcess: true }
    `,
    good: yaml`
      securityContext:
        windowsOptions: { runAsUserName: ContainerUser }
    `,
  },
  'host-namespaces': {
    bad: yaml`
      hostNetwork: true
    `,
    good: yaml`
      hostNetwork: false  # or left out
    `,
  },
  'privileged': {
    bad: yaml`
      containers:
      - name: web
        securityContext: { privileged: true }
    `,
    good: yaml`
      containers:
      - name: web
        securityContext: { privileged: false }  # or left out
    `,
  },
  'capabilities-baseline': {
    bad: yaml`
      containers:
      - name: web
        securityContext:
          capabilities: { drop: [ALL], add: [SYS_ADMIN] }
    `,
    good: yaml`
      containers:
      - name: web
        securityContext:
          capabilities: { drop: [ALL], add: [NET_BIND_SERVICE] }
    `,
  },
  'host-path-volumes': {
    bad: yaml`
      volumes:
      - name: cache
        hostPath: { path: /var/cache/shop }
    `,
    good: yaml`
      volumes:
      - name: cache
        emptyDir: { sizeLimit: 1Gi }
    `,
  },
  'host-ports': {
    bad: yaml`
      containers:
      - name: web
        ports: [{ containerPort: 8080, hostPort: 80 }]
    `,
    good: yaml`
      containers:
      - name: web
        ports: [{ containerPort: 8080 }]  # and a Service in front of it
    `,
  },
  'host-probes': {
    bad: yaml`
      containers:
      - name: web
        livenessProbe:
          httpGet: { host: 169.254.169.254, port: 80, path: / }
    `,
    good: yaml`
      containers:
      - name: web
        livenessProbe:
          httpGet: { port: 8080, path: /healthz }
    `,
  },
  'apparmor': {
    bad: yaml`
      securityContext:
        appArmorProfile: { type: Unconfined }
    `,
    good: yaml`
      securityContext:
        appArmorProfile: { type: RuntimeDefault }  # or left out
    `,
  },
  'selinux': {
    bad: yaml`
      securityContext:
        seLinuxOptions: { type: spc_t }
    `,
    good: yaml`
      securityContext:
        seLinuxOptions: { type: container_t, level: 's0:c123,c456' }
    `,
  },
  'proc-mount': {
    bad: yaml`
      containers:
      - name: web
        securityContext: { procMount: Unmasked }
    `,
    good: yaml`
      containers:
      - name: web
        securityContext: { procMount: Default }  # or left out
    `,
  },
  'seccomp-baseline': {
    bad: yaml`
      securityContext:
        seccompProfile: { type: Unconfined }
    `,
    good: yaml`
      securityContext:
        seccompProfile: { type: RuntimeDefault }
    `,
  },
  'sysctls': {
    bad: yaml`
      securityContext:
        sysctls: [{ name: kernel.msgmax, value: '65536' }]
    `,
    good: yaml`
      securityContext:
        sysctls: [{ name: net.ipv4.tcp_keepalive_time, value: '600' }]
    `,
  },
} as const satisfies Record<string, Example>;
