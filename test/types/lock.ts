// Checked by tsc and never run: what must not compile has an `@ts-expect-error`, which is itself an error where it does.
import { Chart, Cron } from 'cdk8s';
import * as compat from '../../src/compat';
import { App, Deployment, enforce, judgeTree, Lock, LockedName, lockedImages, LockJson, PinnedImage } from '../../src/index';
import lock from '../lock/images.lock.json';

declare const chart: Chart;
declare const fromElsewhere: string;
const image = lockedImages(lock);

// A name that is locked gives an image that the strict props accept.
export const web: PinnedImage = image('nginx:1.27');
new Deployment(chart, 'a', { containers: [{ image: image('nginx:1.27') }, { name: 'shop', image: image('ghcr.io/acme/shop:1.4.2') }] });

// The names are a union of literals, so that the editor completes them.
export const name: LockedName<typeof lock> = 'nginx:1.27';
export const names: readonly LockedName<typeof lock>[] = ['nginx:1.27', 'ghcr.io/acme/shop:1.4.2'];
type Same<A, B> = [A, B] extends [B, A] ? true : false;
export const noOthers: Same<LockedName<typeof lock>, 'nginx:1.27' | 'ghcr.io/acme/shop:1.4.2'> = true;

// @ts-expect-error it is not locked
image('nginx:1.28');
// @ts-expect-error it is locked under another spelling
image('docker.io/library/nginx:1.27');
// @ts-expect-error a text of which nothing is known
image(fromElsewhere);
// @ts-expect-error the line that stays last is no image
image('~');
// @ts-expect-error
image();
// @ts-expect-error what is inside is no lock
lockedImages(lock.images);
// @ts-expect-error
lockedImages({ images: {} });

// The gate takes what `import` gives, and what a file gives; a name of a file is neither.
export const app = new App({ lock });
new App({ lock: Lock.fromFile('images.lock.json'), policy: { registries: {} } });
new App({ lock: Lock.from(lock) });
enforce(app, {}, { lock, mode: 'report' });
judgeTree(app, {}, { lock });
export const asJson: LockJson = lock;
// @ts-expect-error
new App({ lock: 'images.lock.json' });
// @ts-expect-error
enforce(app, {}, { lock: lock.images });
// @ts-expect-error it is data, and made by nobody but `Lock`
new Lock();

// What is filled in from images is said once for a workload, also with the original props.
new Deployment(chart, 'b', { containers: [{ image: image('nginx:1.27') }], fromImage: false });
new Deployment(chart, 'c', { fromImage: { user: false } });
new compat.CronJob(chart, 'd', { schedule: Cron.hourly(), containers: [{ image: 'nginx:1.27' }], fromImage: { volumes: false } });
// @ts-expect-error
new Deployment(chart, 'e', { fromImage: { volume: false } });
// @ts-expect-error nothing is filled in more than by default
new Deployment(chart, 'f', { fromImage: true });
