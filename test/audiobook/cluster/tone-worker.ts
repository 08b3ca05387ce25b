import {clusterWorker} from '../../../lib/audiobook/cluster/index.js';
import {toneRenderer} from './rendering.js';

/** A worker in a process of its own: `tone-worker.ts URL [TEXT]` says `holding` at an utterance with that text, and never finishes it. */
const [, , redis = '', held] = process.argv;
const hold = async ({text}: {readonly text: string}) => {
	if (held === undefined || !text.includes(held)) return;
	process.stdout.write('holding\n');
	await new Promise(() => {});
};
await clusterWorker({redis, renderer: toneRenderer({hold})});
