import {MessageChannel, type MessagePort} from 'node:worker_threads';

/** Less is not worth it, and may be a part of the memory that Node.js cuts small Buffers from. */
const least = 65_536;

/** Both of its ends are closed: what is moved there is gone. */
let nowhere: MessagePort | undefined;

function openNowhere(): MessagePort {
	const {port1, port2} = new MessageChannel();
	port1.close();
	port2.close();
	return port1;
}

/**
 * Frees the whole memory of an array at once, which is empty afterwards; only for who made it, and lent it to nobody. What is
 * large and short-lived is otherwise kept until V8 looks: each thread lets up to 64 MB of it pile up, and takes new memory meanwhile.
 */
export function freeMemory({buffer}: ArrayBufferView): void {
	if (!(buffer instanceof ArrayBuffer) || buffer.byteLength < least) return;
	nowhere ??= openNowhere();
	nowhere.postMessage(undefined, [buffer]);
}
