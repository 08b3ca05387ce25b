const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** Numbers as IEEE 754 half-precision floats, rounded to the nearest; what is too large becomes infinite, what is too small 0. */
export function toFloat16(values: ArrayLike<number>): Uint16Array {
	return Uint16Array.from(values, halfOf);
}

function halfOf(value: number): number {
	float[0] = value;
	const [whole = 0] = bits;
	const sign = (whole >>> 16) & 0x8000;
	const exponent = ((whole >>> 23) & 0xff) - 127 + 15;
	const fraction = whole & 0x7fffff;
	if (exponent <= 0) return sign | Math.round(Math.abs(value) * 2 ** 24);
	// The carry of the rounding goes on into the exponent, as it should.
	const half = (exponent << 10) + ((fraction + 0x1000) >>> 13);
	return sign | Math.min(half, 0x7c00);
}
