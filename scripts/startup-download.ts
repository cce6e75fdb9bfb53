/*
 * Counts what the rule `startup-download` finds among the lines of test/shell/corpus, and shows the lines that it judges wrongly.
 *
 *   ts-node -T -P tsconfig.dev.json scripts/startup-download.ts
 */
import { readdirSync } from 'fs';
import { join } from 'path';
import { countByKind, isFound, readCorpus } from '../test/shell/corpus/read';

for (const name of readdirSync(join(__dirname, '..', 'test', 'shell', 'corpus')).filter((file) => file.endsWith('.txt'))) {
  const lines = readCorpus(name);
  const isInnocent = name.includes('innocent');
  const found = lines.filter(isFound).length;
  console.log(`${name}: ${found} of ${lines.length} lines are found (${(100 * found / lines.length).toFixed(1)} %)`);
  for (const [kind, count] of countByKind(lines)) console.log(`  ${kind}: ${count.found} of ${count.of}`);
  for (const line of lines) if (isFound(line) === isInnocent) console.log(`  ${isInnocent ? 'false alarm' : 'missed'}: ${line.text}`);
}
