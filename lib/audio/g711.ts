/**
 * ITU-T G.711, with the decision values of the ITU's own reference software (G.191, `g711.c`): negative samples take
 * the one's complement as their magnitude. Each law is a table over all
 * 16-bit samples, made when first asked for.
 */

const tables = new Map<(sample: number) => number, Uint8Array>();

/** µ-law code words by 16-bit sample, taken as an unsigned index (-1 is 65535). Silence is 0xFF. */
export function mulawTable(): Uint8Array {
	return tableOf(mulaw);
}

/** A-law code words by 16-bit sample, taken as an unsigned index (-1 is 65535). Silence is 0xD5. */
export function alawTable(): Uint8Array {
	return tableOf(alaw);
}

function tableOf(law: (sample: number) => number): Uint8Array {
	let table = tables.get(law);
	if (!table) {
		table = Uint8Array.from({length: 65_536}, (_, index) => law((index << 16) >> 16));
		tables.set(law, table);
	}
	return table;
}

/** 14 bits, biased by 33 so that every segment starts at a power of two; all bits inverted. */
function mulaw(sample: number): number {
	const biased = Math.min(0x1f_ff, (magnitude(sample) >> 2) + 33);
	const segment = 31 - Math.clz32(biased) - 5;
	const step = (biased >> (segment + 1)) & 0x0f;
	return ~(sign(sample) | (segment << 4) | step) & 0xff;
}

/** 13 bits; the first two segments share their step; every other bit inverted. */
function alaw(sample: number): number {
	const value = magnitude(sample) >> 4;
	const segment = Math.max(0, 31 - Math.clz32(value) - 3);
	const step = segment < 2 ? value & 0x0f : (value >> (segment - 1)) & 0x0f;
	return (sign(sample) ^ 0x80 ^ ((segment << 4) | step) ^ 0x55) & 0xff;
}

function magnitude(sample: number): number {
	return sample < 0 ? ~sample : sample;
}

function sign(sample: number): number {
	return sample < 0 ? 0x80 : 0;
}
