import { kubernetesMinor } from '../../src/policy/kubernetes-version';
import { newestKubernetesMinor } from '../../src/rules/rule';

describe('the Kubernetes version', () => {
  test.each([
    ['latest', newestKubernetesMinor], ['1.0', 0], ['1.30', 30], ['v1.33', 33],
    ['1.37', newestKubernetesMinor], ['1.38', newestKubernetesMinor], ['v1.99999', newestKubernetesMinor],
  ])('%s is the minor version %i', (version, minor) => {
    expect(kubernetesMinor(version)).toBe(minor);
  });

  test.each(['', '1', '1.', '1.03', '1.100000', '1.33.0', '2.33', 'V1.33', '1.33\n', 'newest'])('%j is none', (version) => {
    expect(kubernetesMinor(version)).toBeUndefined();
  });
});
