import { App } from 'cdk8s';
import { Batch } from './batch';
import { Data } from './data';
import { Platform } from './platform';
import { Web } from './web';

const app = new App();
new Web(app, 'web');
new Data(app, 'data');
new Batch(app, 'batch');
new Platform(app, 'platform');
app.synth();
