/** Positions are integers in samples; seconds and milliseconds appear only at the edges, through these. */

/** Where sample `n` at `from` Hz stands at `to` Hz. Never decreasing in `n`; the length of resampled audio follows it too. */
export function mapPosition(n: number, from: number, to: number): number {
	return Math.round((n * to) / from);
}

/** Samples of `ms` milliseconds at `rate` Hz, rounded. */
export function msToSamples(ms: number, rate: number): number {
	return Math.round((ms * rate) / 1000);
}

/** Milliseconds of `samples` at `rate` Hz, as a fraction. */
export function samplesToMs(samples: number, rate: number): number {
	return (samples * 1000) / rate;
}
