import Negotiator from 'negotiator';
import type {BodyFormat} from '../../sinks/body-format.js';
import {type OutputFormat, type OutputType, outputTypes} from '../../wire/http.js';
import {sampleRates} from '../../wire/messages.js';
import {HttpProblem} from '../problem.js';

/** What each output type is to the rest of us. */
const formats: Readonly<Record<OutputType, BodyFormat>> = {
	RAW_PCM16: 'pcm_s16le',
	WAV_PCM16: 'wav',
	MP3: 'mp3',
	OPUS: 'opus',
	AAC: 'aac',
	FLAC: 'flac',
	MULAW: 'mulaw',
};

/** By what name a client may ask for it in `Accept`; of what is equally welcome, the first. */
const acceptable: ReadonlyArray<readonly [mediaType: string, outputType: OutputType]> = [
	['audio/wav', 'WAV_PCM16'],
	['audio/x-wav', 'WAV_PCM16'],
	['audio/wave', 'WAV_PCM16'],
	['audio/vnd.wave', 'WAV_PCM16'],
	['audio/mpeg', 'MP3'],
	['audio/mp3', 'MP3'],
	['audio/ogg', 'OPUS'],
	['audio/ogg; codecs=opus', 'OPUS'],
	['audio/opus', 'OPUS'],
	['audio/aac', 'AAC'],
	['audio/flac', 'FLAC'],
	['audio/x-flac', 'FLAC'],
	['audio/pcm', 'RAW_PCM16'],
	['audio/basic', 'MULAW'],
	['application/octet-stream', 'WAV_PCM16'],
	// Clients of JSON send it by habit (`curl --json`); it is what our errors are.
	['application/json', 'WAV_PCM16'],
];

/** What was asked for. */
export interface ChosenFormat {
	readonly outputType: OutputType;
	readonly format: BodyFormat;
	/** Hz of the speech. */
	readonly sampleRate: number;
}

/**
 * What the body is to be: as `format` says or, where it leaves that open, what `Accept` likes best (RFC 9110, 12.5.1). Throws
 * `HttpProblem` not_acceptable where there is none of that.
 */
export function chooseFormat(
	{outputType, sampleRate}: OutputFormat = {},
	accept: string | undefined,
): ChosenFormat {
	const chosen = outputType ?? negotiated(accept);
	// G.711 is of telephones: other rates are for who asks for them.
	const usual = chosen === 'MULAW' ? 8000 : sampleRates.usual;
	return {outputType: chosen, format: formats[chosen], sampleRate: sampleRate ?? usual};
}

function negotiated(accept: string | undefined): OutputType {
	const names = acceptable.map(([name]) => name);
	const best = new Negotiator({headers: {accept: accept ?? '*/*'}}).mediaTypes(names)[0];
	const found = acceptable.find(([name]) => name === best);
	if (found) return found[1];
	throw new HttpProblem(
		'not_acceptable',
		`Accept asks for nothing that can be made: name one of ${outputTypes.join(', ')} in format.outputType, or accept audio/*`,
	);
}
