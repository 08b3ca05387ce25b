// Node 20 does not hand tsx's loader on to worker threads: register it there anew.
import {isMainThread} from 'node:worker_threads';

if (!isMainThread) (await import('tsx/esm/api')).register();
