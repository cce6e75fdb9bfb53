import { pathUri } from '../../src/report/uri';

test.each([
  ['k8s/a.yaml', 'k8s/a.yaml'],
  ['./k8s/a.yaml', 'k8s/a.yaml'],
  ['../a.yaml', '../a.yaml'],
  ['k8s\\a b.yaml', 'k8s/a%20b.yaml'],
  ['/srv/ä.yaml', 'file:///srv/%C3%A4.yaml'],
  ['C:\\x\\a.yaml', 'file:///C:/x/a.yaml'],
  ['\\\\host\\share\\a.yaml', 'file://host/share/a.yaml'],
  ['a:b#c?d%.yaml', 'a%3Ab%23c%3Fd%25.yaml'],
  ['\ud800.yaml', '%EF%BF%BD.yaml'],
])('%j becomes %j', (path, uri) => {
  expect(pathUri(path)).toBe(uri);
});
