import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { decode } from '../files/decode';
import { InputError, InputText, readText } from '../files/read';
import { quotedUpTo } from '../text/text';

/** For all of a download: a server may send a byte a minute. */
const patience = 300_000;

/**
 * Prints what a URL answers. A program of its own, because constructs cannot wait; not that of cdk8s, which takes what has arrived
 * of a download that broke off for the whole.
 */
const download = `
const url = new URL(require('node:fs').readFileSync(0, 'utf8'));
const headers = url.username === '' ? {} : { authorization: 'Basic ' + btoa(decodeURIComponent(url.username) + ':' + decodeURIComponent(url.password)) };
url.username = url.password = '';
fetch(url, { headers, signal: AbortSignal.timeout(${patience}) }).then(async (response) => {
  if (response.status !== 200) throw new Error('the answer is ' + response.status + ' ' + response.statusText);
  for await (const chunk of response.body) process.stdout.write(chunk);
}).catch((error) => {
  process.stderr.write((error.cause ?? error).message);
  process.exitCode = 1;
});`;

/** The largest download, as the memory of two processes holds it. */
const mostDownloaded = 64 * 1024 * 1024;

/** Text, and what errors call the file that it is from. */
export type Source = { readonly text: string; readonly file: string } | { readonly error: InputError };

/** The text of a file or of what a URL answers, where cdk8s would read it: what exists is a file, also one with the name of a URL. */
export function readSource(urlOrFile: string): Source {
  if (!/^https?:/i.test(urlOrFile) || existsSync(urlOrFile)) return named(urlOrFile, readText(resolve(urlOrFile)));
  // Not in its own words, which may hold a password.
  if (!URL.canParse(urlOrFile)) return { error: { file: 'the URL', message: 'cannot be read: it is no URL; write https://HOST/PATH' } };
  return readUrl(new URL(urlOrFile));
}

function readUrl(url: URL): Source {
  // A password is not for the list of processes, nor for the log; in the query there may be one too.
  const input = url.href;
  url.username = url.password = url.search = url.hash = '';
  const file = url.href;
  try {
    // What the program says goes into the error, and not to the terminal.
    const bytes = execFileSync(process.execPath, ['-e', download], { input, maxBuffer: mostDownloaded, stdio: 'pipe' });
    const decoded = decode(bytes);
    return named(file, 'text' in decoded ? decoded : { error: { file, ...decoded } });
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { readonly stderr: Buffer | null };
    const reason = code === 'ENOBUFS' ? `it is larger than ${mostDownloaded / 1024 / 1024} MiB` : [code, stderr].join(' ').trim();
    return { error: { file, message: `cannot be read: ${quotedUpTo(200, reason)}` } };
  }
}

/** By the name that the author gave. */
function named(file: string, read: InputText): Source {
  return 'error' in read ? { error: { ...read.error, file } } : { text: read.text, file };
}
