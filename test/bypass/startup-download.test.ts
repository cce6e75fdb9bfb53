import { startupDownload } from '../../src/rules/hardened/startup-download';
import { faultsOf, tweak } from '../support/pods';

/*
 * Ways in which people fetch programs at start without meaning harm, each tried against the rule and once missed by it.
 */

const found = (...command: readonly string[]) => faultsOf(startupDownload, tweak({ 'spec.containers.0.command': command })).length;
const jar = 'curl -fsSLo /tmp/agent.jar https://x.example.com/agent.jar';

test.each([
  `${jar} && java -javaagent:/tmp/agent.jar=port=1 -jar /app/shop.jar`,
  `${jar} && exec java -jar /tmp/agent.jar`,
  `${jar}; java -cp /app/shop.jar:/tmp/agent.jar com.example.Main`,
  'curl -Lo tool https://x.example.com/tool && install -m 755 tool /usr/local/bin/tool',
  'curl -Lo tool https://x.example.com/tool && install tool /usr/local/bin',
  'curl -Lo tool https://x.example.com/tool && cp tool /app/other && chmod +x /app/other',
  'curl -Lo tool https://x.example.com/tool && mv tool /app/ && /app/tool',
  'curl -Lo tool https://x.example.com/tool && mv tool /app && chmod +x /app/tool',
  'rsync host:/tool /app/tool && chmod +x /app/tool',
  'crane export ghcr.io/acme/tools - | tar x',
  'elasticsearch-plugin install -b analysis-icu && exec elasticsearch',
  'bin/logstash-plugin install logstash-output-kafka',
  'grafana cli plugins install grafana-clock-panel',
  'confluent-hub install --no-prompt x/y:1.0',
  'wp plugin install woocommerce --activate',
  'helm plugin install https://x.example.com/plugin',
  'terraform init && terraform apply',
  'playwright install chromium',
  'python -m playwright install',
  'go run example.com/tool@latest',
  'Rscript -e "install.packages(\'shiny\')"',
  "R -e 'remotes::install_github(\"x/y\")'",
  'setpriv --reuid 1000 pip install x',
])('%j', (script) => {
  expect(found('sh', '-c', script)).toBe(1);
});

test('behind the entry point of an image', () => {
  expect(found('docker-entrypoint.sh', 'npm', 'ci')).toBe(1);
  expect(found('/entrypoint.sh', 'bash', '-c', 'pip install x')).toBe(1);
});

test.each([
  'curl -Lo /data/geo.mmdb https://x.example.com/geo.mmdb && java -jar /app/shop.jar --geo /data/geo.mmdb',
  'curl -Lo /data/geo.mmdb https://x.example.com/geo.mmdb && install -m 644 /data/geo.mmdb /data/current.mmdb',
  'curl -Lo /data/geo.mmdb https://x.example.com/geo.mmdb && install --mode=600 /data/geo.mmdb /data/current.mmdb',
  'curl -Lo /data/geo.mmdb https://x.example.com/geo.mmdb && mv /data/geo.mmdb /data/current.mmdb && exec serve',
  'curl -Lo /data/geo.mmdb https://x.example.com/geo.mmdb && cp /app/a /app/b && chmod +x /app/b',
  'cp && mv x',
  'install /app/a /app/b',
  'java -version',
  'wp core install --url=x',
  'terraform plan',
  'helm plugin list',
  'helm install shop ./chart',
  'go run ./cmd/serve',
  'go run main.go user@example.com',
  'R --version',
  'exec docker-entrypoint.sh postgres',
])('%j is no fault', (script) => {
  expect(found('sh', '-c', script)).toBe(0);
});
