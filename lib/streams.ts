/**
 * The one import of readable-stream: the same stream behaviour on every Node version, chosen in one line.
 * These classes are not `instanceof` the core ones; core's `pipeline`, `compose`, `finished` and `Duplex.toWeb` take them all the same.
 */
export {
	Duplex,
	type DuplexOptions,
	finished,
	PassThrough,
	pipeline,
	Readable,
	Transform,
	Writable,
} from 'readable-stream';
