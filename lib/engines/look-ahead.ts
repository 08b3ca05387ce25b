import {Channel} from '../channel.js';
import type {SpeakablePart} from '../text/speakable.js';
import type {Piece} from './engine.js';

/** A part of the text on its way: its `pieces` are being rendered, or absent where nothing is spoken. */
export interface Slot extends SpeakablePart {
	readonly pieces?: AsyncIterable<Piece>;
}

/** Renders parts ahead of the reader, so many as fit in the channel that is given back; they come out in order. */
export function lookAhead(
	parts: AsyncIterable<SpeakablePart>,
	render: (part: SpeakablePart) => AsyncIterable<Piece>,
	capacity: number,
): Channel<Slot> {
	const slots = new Channel<Slot>(capacity);
	const fill = async () => {
		for await (const part of parts) {
			await slots.send(part.unspoken === undefined ? {...part, pieces: started(render(part))} : part);
		}
	};
	fill().then(
		() => slots.end(),
		error => slots.fail(error),
	);
	return slots;
}

/** Starts to read at once, so that rendering goes on while others are listened to; an utterance bounds what is held. */
function started(pieces: AsyncIterable<Piece>): AsyncIterable<Piece> {
	const ready = new Channel<Piece>(Infinity);
	const read = async () => {
		for await (const piece of pieces) void ready.send(piece);
	};
	read().then(
		() => ready.end(),
		error => ready.fail(error),
	);
	return ready;
}
