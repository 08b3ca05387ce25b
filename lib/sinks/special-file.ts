import {once} from 'node:events';
import {constants, open as openDescriptor} from 'node:fs';
import {open} from 'node:fs/promises';
import {Socket} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import {promisify} from 'node:util';
import {type Output, writeAll} from './output.js';

/** How often it is looked whether a FIFO has a reader by now, in ms. */
const readerPoll = 20;

/** A device, written as it comes. */
export async function openDevice(path: string): Promise<Output> {
	const handle = await open(path, 'w');
	return {
		temporary: undefined,
		write: bytes => writeAll(handle, bytes, null),
		patch: () => Promise.resolve(),
		sync: () => Promise.resolve(),
		commit: () => handle.close(),
		remove: () => {},
		discard: () => handle.close().catch(() => {}),
	};
}

/**
 * A FIFO, written as it comes, once it has a reader. Not by blocking calls: they would hold a thread, and the process,
 * until somebody reads, whatever became of the stream meanwhile.
 */
export function openFifo(path: string): Output {
	let givenUp = false;
	const connected = connect(path, () => givenUp);
	// The write that waits for it tells.
	connected.catch(() => {});
	return {
		temporary: undefined,
		write: async bytes => {
			const socket = await connected;
			await new Promise<void>((resolve, reject) => {
				socket.write(bytes, error => (error ? reject(error) : resolve()));
			});
		},
		patch: () => Promise.resolve(),
		sync: () => Promise.resolve(),
		commit: async () => {
			const socket = await connected;
			socket.end();
			if (!socket.closed) await once(socket, 'close');
		},
		remove: () => {},
		discard: async () => {
			givenUp = true;
			await connected.then(
				socket => socket.destroy(),
				() => {},
			);
		},
	};
}

async function connect(path: string, isGivenUp: () => boolean): Promise<Socket> {
	const fd = await descriptorWithReader(path, isGivenUp);
	const socket = new Socket({fd, readable: false, writable: true});
	// The write that failed tells.
	socket.on('error', () => {});
	return socket;
}

async function descriptorWithReader(path: string, isGivenUp: () => boolean): Promise<number> {
	const flags = constants.O_WRONLY | constants.O_NONBLOCK;
	for (;;) {
		try {
			return await promisify(openDescriptor)(path, flags);
		} catch (error) {
			// POSIX: opened for writing alone and without waiting, a FIFO without a reader gives ENXIO.
			const isUnread = error instanceof Error && 'code' in error && error.code === 'ENXIO';
			if (!isUnread || isGivenUp()) throw error;
			await sleep(readerPoll);
		}
	}
}
