// Checked by tsc and never run: what must not compile has an `@ts-expect-error`, which is itself an error where it does.
import { Chart } from 'cdk8s';
import { Deployment, PinnedImage } from '../../src/index';
import { LockedName, lockedImages } from '../../src/lock/locked-images';
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
