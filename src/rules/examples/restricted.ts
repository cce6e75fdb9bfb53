import { Example, yaml } from './snippet';

export const restrictedExamples = {
  'volume-types': {
    bad: yaml`
      volumes:
      - name: share
        nfs: { server: nfs.example.com, path: /share }
    `,
    good: yaml`
      volumes:
      - name: share
        persistentVolumeClaim: { claimName: share }
    `,
  },
  'privilege-escalation': {
    bad: yaml`
      containers:
      - name: web
        securityContext: { allowPrivilegeEscalation: null }  # unset means true
    `,
    good: yaml`
      containers:
      - name: web
        securityContext: { allowPrivilegeEscalation: false }
    `,
  },
  'run-as-non-root': {
    bad: yaml`
      securityContext: { runAsNonRoot: false }
    `,
    good: yaml`
      securityContext: { runAsNonRoot: true }
    `,
  },
  'run-as-user': {
    bad: yaml`
      securityContext: { runAsUser: 0 }
    `,
    good: yaml`
      securityContext: { runAsUser: 10001 }  # or left out, where the image has a user by number
    `,
  },
  'seccomp-restricted': {
    bad: yaml`
      securityContext: { seccompProfile: null }  # unset means no profile
    `,
    good: yaml`
      securityContext:
        seccompProfile: { type: RuntimeDefault }
    `,
  },
  'capabilities-restricted': {
    bad: yaml`
      containers:
      - name: web
        securityContext:
          capabilities: { drop: [NET_RAW] }
    `,
    good: yaml`
      containers:
      - name: web
        securityContext:
          capabilities: { drop: [ALL] }
    `,
  },
  'proc-mount-restricted': {
    bad: yaml`
      hostUsers: false  # a user namespace excuses it in the profile baseline only
      containers:
      - name: web
        securityContext: { procMount: Unmasked }
    `,
    good: yaml`
      hostUsers: false
      containers:
      - name: web
        securityContext: { procMount: Default }  # or left out
    `,
  },
} as const satisfies Record<string, Example>;
