import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** Manifests as a pipeline sees them: half of them workloads, nine in ten of these healthy, and the rest what stands around them. */
export function* mixedDocuments(count: number): Iterable<string> {
  for (let i = 0; i < count; i++) yield makers[i % makers.length](i);
}

const makers: readonly ((i: number) => string)[] = [
  (i) => deployment(i),
  (i) => service(i),
  (i) => deployment(i),
  (i) => configMap(i),
  (i) => cronJob(i),
  (i) => ingress(i),
  (i) => deployment(i),
  (i) => configMap(i),
];

const metadata = (i: number) => `metadata:
  name: app-${i}
  namespace: shop
  labels:
    app.kubernetes.io/name: app-${i}
    app.kubernetes.io/part-of: shop
    app.kubernetes.io/managed-by: pipeline
`;

const podSpec = (i: number, indent: string) => `automountServiceAccountToken: false
securityContext:
  runAsNonRoot: true
  seccompProfile:
    type: RuntimeDefault
containers:
  - name: main
    image: ${i % 10 === 0 ? 'nginx:latest' : `ghcr.io/acme/app-${i % 50}:1.4.${i % 7}@${digest}`}
    imagePullPolicy: Always
    args: ["--listen", ":8080", "--verbose"]
    ports:
      - containerPort: 8080
        name: http
    env:
      - name: DATABASE_URL
        valueFrom:
          secretKeyRef: {name: database, key: url}
      - name: LOG_LEVEL
        value: "info"
    readinessProbe:
      httpGet:
        path: /ready
        port: 8080
    resources:
      requests: {cpu: 100m, memory: 128Mi}
      limits: {cpu: 500m, memory: 256Mi}
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      capabilities:
        drop: [ALL]
    volumeMounts:
      - name: tmp
        mountPath: /tmp
volumes:
  - name: tmp
    emptyDir:
      sizeLimit: 64Mi
`.replace(/^(?=.)/gm, indent);

const deployment = (i: number) => `apiVersion: apps/v1
kind: Deployment
${metadata(i)}spec:
  replicas: 2
  selector:
    matchLabels: {app.kubernetes.io/name: app-${i}}
  template:
    metadata:
      labels: {app.kubernetes.io/name: app-${i}}
    spec:
${podSpec(i, '      ')}`;

const cronJob = (i: number) => `apiVersion: batch/v1
kind: CronJob
${metadata(i)}spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
${podSpec(i, '          ')}`;

const service = (i: number) => `apiVersion: v1
kind: Service
${metadata(i)}spec:
  selector: {app.kubernetes.io/name: app-${i}}
  ports:
    - port: 80
      targetPort: 8080
`;

const ingress = (i: number) => `apiVersion: networking.k8s.io/v1
kind: Ingress
${metadata(i)}spec:
  rules:
    - host: app-${i}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: app-${i}, port: {number: 80}}}
`;

const configMap = (i: number) => `apiVersion: v1
kind: ConfigMap
${metadata(i)}data:
  application.properties: |
${Array.from({ length: 24 }, (_, line) => `    setting.${line}=value of setting ${line} of app ${i}\n`).join('')}`;

/** One file of as many documents. Returns its size in bytes. */
export function writeFile(path: string, documents: number): number {
  const text = [...mixedDocuments(documents)].join('---\n');
  writeFileSync(path, text);
  return Buffer.byteLength(text);
}

/** A folder of as many small files, a hundred to a folder. */
export function writeFiles(folder: string, files: number): void {
  let i = 0;
  for (const document of mixedDocuments(files)) {
    const below = join(folder, `part-${Math.floor(i / 100)}`);
    mkdirSync(below, { recursive: true });
    writeFileSync(join(below, `object-${i}.yaml`), document);
    i++;
  }
}
