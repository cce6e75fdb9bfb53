import { synthesize } from './synthesized';
import { nodeAgent } from '../../examples/node-agent/main';
import { freshOutdir, refusalOf } from '../support/apps';

const today = '2031-03-31';

test('the node agent passes on the last day of its exemption', () => {
  const { objects, verdicts } = synthesize(nodeAgent, { today });
  expect(verdicts).toEqual([expect.objectContaining({ findings: [], errors: [] })]);
  expect(objects.map(({ kind }) => kind)).toEqual(['ServiceAccount', 'DaemonSet']);
});

test('what it is excused from is the logs, and nothing that the policy allows', () => {
  const [{ exempted, exemptions }] = synthesize(nodeAgent, { today }).verdicts;
  expect(exempted.map(({ rule }) => rule).sort()).toEqual(['host-path', 'host-path-volumes', 'volume-types']);
  expect(new Set(exempted.map(({ pointer }) => pointer.split('/').slice(0, 7).join('/')))).toEqual(new Set(['/spec/template/spec/volumes/2/hostPath']));
  for (const exemption of exemptions) expect(exemption).toMatchObject({ owner: 'observability', until: today });
});

test('the day after, it is refused', () => {
  const { message } = refusalOf(() => nodeAgent({ outdir: freshOutdir(), today: '2031-04-01' }).synth());
  expect(message).toContain('the exemption from host-path at node-agent/agent ended on 2031-03-31');
});
