import {createHash} from 'node:crypto';
import {SpeechError} from '../../errors.js';
import {version} from '../../version.js';
import type {Renderer} from '../rendered.js';
import {type Offer, protocol} from './messages.js';

/** Some seconds of speech in any language: those that have no Latin letters still have digits. */
const text =
	'The quick brown fox jumps over the lazy dog, and five wizards vex a jumbo quartz. 1, 2, 3, 4, 5, 6, 7, 8, 9, 10.';
const sampleRate = 24_000;

/** SHA-256 of the samples that this machine makes of the probe utterance. Throws what the renderer throws, and VOICE_LACKS. */
export async function probe(renderer: Renderer, voiceId: string, signal: AbortSignal): Promise<string> {
	const {pcm} = await renderer.render({text, voiceId, sampleRate, speed: 1}, signal);
	if (pcm.length === 0)
		throw new SpeechError(
			'VOICE_LACKS',
			`The voice ${voiceId} has nothing to say to the probe utterance, so that no worker can prove that it makes the same samples.`,
		);
	return createHash('sha256').update(pcm).digest('hex');
}

/** A fingerprint may name a whole lexicon: what is told every few seconds is short. */
function shortened(fingerprint: string): string {
	if (fingerprint.length <= 400) return fingerprint;
	return `${fingerprint.slice(0, 300)}… (SHA-256 ${createHash('sha256').update(fingerprint).digest('hex')})`;
}

/** The work that this machine has for a voice: for those who make the same samples, or with `mixed` for all who have the voice. */
export async function offerFor(
	renderer: Renderer,
	voiceId: string,
	{mixed, signal}: {readonly mixed: boolean; readonly signal: AbortSignal},
): Promise<Offer> {
	const identity = {
		protocol,
		version,
		voiceId,
		fingerprint: shortened(await renderer.fingerprint(voiceId)),
		probe: mixed ? '' : await probe(renderer, voiceId, signal),
		mixed,
	};
	const same = mixed ? {protocol, voiceId, mixed} : identity;
	const queue = createHash('sha256').update(JSON.stringify(same)).digest('hex').slice(0, 32);
	return {queue, ...identity};
}

/** Why this machine cannot take an offer; undefined where it can. */
export async function refusalOf(
	offer: Offer,
	renderer: Renderer,
	signal: AbortSignal,
): Promise<string | undefined> {
	if (offer.protocol !== protocol)
		return `speaks another protocol: speechpipe ${version} here, ${offer.version} there`;
	try {
		const fingerprint = shortened(await renderer.fingerprint(offer.voiceId));
		if (offer.mixed) return undefined;
		if (offer.version !== version) return `has another speechpipe: ${version} here, ${offer.version} there`;
		if (offer.fingerprint !== fingerprint)
			return `makes the voice ${offer.voiceId} of something else: ${fingerprint} here, ${offer.fingerprint} there`;
		if (offer.probe !== (await probe(renderer, offer.voiceId, signal)))
			return `makes other samples with the voice ${offer.voiceId}: its processor computes otherwise`;
		return undefined;
	} catch (error) {
		return `cannot speak with the voice ${offer.voiceId}: ${error instanceof Error ? error.message : error}`;
	}
}
