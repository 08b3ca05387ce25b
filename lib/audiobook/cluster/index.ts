export {clusterRenderer} from './cluster-renderer.js';
export {
	type ClusterWorker,
	type ClusterWorkerEvent,
	type ClusterWorkerOptions,
	clusterWorker,
} from './cluster-worker.js';
export type {ClusterRendererOptions} from './settings.js';
