import {parentPort, workerData} from 'node:worker_threads';
import {toWireError} from '../messages.js';
import {loadRuntime} from './runtime.js';
import type {RuntimeChoice} from './runtime-choice.js';

// A worker thread that only tells which runtime loads: without a voice it takes a tenth of a second.
const choice: RuntimeChoice = workerData;
const answer = await loadRuntime(choice).then(({report}) => report, toWireError);
parentPort?.postMessage(answer);
