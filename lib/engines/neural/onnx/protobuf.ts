/** A field of a message as it stands: its number, its bytes with the tag, and its value: an integer, or the bytes of what is longer. */
export interface Field {
	readonly number: number;
	readonly bytes: Uint8Array;
	readonly value: number | Uint8Array;
}

/** Bytes of the wire types that have a fixed length (https://protobuf.dev/programming-guides/encoding/). */
const fixedLengths: Readonly<Record<number, number>> = {1: 8, 5: 4};

/** The fields of a message, in order. Nothing is copied. Throws `RangeError` where it is cut off or no message. */
export function* readFields(message: Uint8Array): Generator<Field, void> {
	let at = 0;
	const varint = () => {
		let value = 0;
		for (let factor = 1; ; factor *= 128) {
			const byte = message[at++];
			if (byte === undefined || factor > 2 ** 63) throw new RangeError('a number is cut off');
			value += (byte & 127) * factor;
			if (byte < 128) return value;
		}
	};
	while (at < message.length) {
		const start = at;
		const tag = varint();
		const [number, wireType] = [Math.floor(tag / 8), tag % 8];
		if (wireType === 0) {
			const value = varint();
			yield {number, bytes: message.subarray(start, at), value};
			continue;
		}
		const length = wireType === 2 ? varint() : fixedLengths[wireType];
		if (length === undefined || number === 0) throw new RangeError('it is no protobuf message');
		if (at + length > message.length) throw new RangeError('a field is cut off');
		const value = message.subarray(at, at + length);
		at += length;
		yield {number, bytes: message.subarray(start, at), value};
	}
}

/** A field: an integer as a varint, text and messages with their length. */
export function field(number: number, value: number | string | Uint8Array): Uint8Array {
	if (typeof value === 'number') return Buffer.concat([varint(number * 8), varint(value)]);
	const bytes = typeof value === 'string' ? Buffer.from(value) : value;
	return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);
}

/** A field of 4 bytes: a float. */
export function floatField(number: number, value: number): Uint8Array {
	const bytes = Buffer.alloc(4);
	bytes.writeFloatLE(value);
	return Buffer.concat([varint(number * 8 + 5), bytes]);
}

function varint(value: number): Uint8Array {
	const bytes: number[] = [];
	let rest = value;
	for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
	bytes.push(rest);
	return Uint8Array.from(bytes);
}

export function textOf({value}: Field): string {
	return typeof value === 'number'
		? ''
		: Buffer.from(value.buffer, value.byteOffset, value.length).toString();
}

/** The bytes of a message within a message. */
export function messageOf({value}: Field): Uint8Array {
	if (typeof value === 'number') throw new RangeError('a message was expected, not a number');
	return value;
}
