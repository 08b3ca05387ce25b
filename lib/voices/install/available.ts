import {dataFolder} from '../home.js';
import type {InstalledVoice} from '../installed.js';
import {VoiceStore} from '../store.js';
import {checkFrom} from './install.js';
import {styleSize} from './kokoro-files.js';
import {kokoroStyles} from './kokoro-table.js';
import {hibariFacts, hibariFiles, kokoroOffer} from './offered.js';
import {fetchPiperList} from './piper-list.js';
import {kokoroModelSize} from './sources.js';
import {usualStall, Web} from './web.js';

/** A voice that can be installed. */
export interface VoiceOffer
	extends Pick<InstalledVoice, 'id' | 'family' | 'name' | 'language' | 'gender' | 'licence'> {
	/** Kokoro's grade, A to F (hibari's: of the voice that it was distilled from); Piper's x_low, low, medium or high; `-` where nobody says. */
	readonly quality: string;
	/** Bytes to fetch: of Kokoro's voices without the model that they share, unless none is installed. */
	readonly size: number;
	/** How many voices it is: Piper's may have several. */
	readonly speakers: number;
	/** Whether it is here already. */
	readonly installed: boolean;
}

/** Of `availableVoices`; all of it is optional. */
export interface AvailableOptions {
	/** As of `installVoices`. */
	readonly from?: string | undefined;
	/** As of `installVoices`. */
	readonly home?: string | undefined;
	/** As of `installVoices`. */
	readonly stallTimeout?: number | undefined;
	/** Stops the fetching of lists. */
	readonly signal?: AbortSignal | undefined;
	/** Is told why Piper's voices, whose list is fetched, are left out; without it that is thrown. */
	readonly onMissing?: ((reason: unknown) => void) | undefined;
}

/**
 * The voices that can be installed by name: hibari's and Kokoro's, which are known, and Piper's, whose list is fetched. Throws
 * `SpeechError` OPTION_INVALID, OFFLINE, DOWNLOAD_FAILED and DOWNLOAD_INVALID, and the signal's reason.
 */
export async function availableVoices(options: AvailableOptions = {}): Promise<readonly VoiceOffer[]> {
	const from = checkFrom(options.from ?? (process.env['SPEECHPIPE_VOICES_URL'] || undefined));
	const installed = new Set(new VoiceStore(options.home ?? dataFolder()).list().map(({id}) => id));
	const model = [...installed].some(id => id.startsWith('kokoro:')) ? 0 : kokoroModelSize('int8');
	const hibari = Object.entries(hibariFiles).flatMap(([name, {style, size}]) => {
		const facts = hibariFacts(name);
		return facts ? [{...facts, quality: kokoroStyles[style]?.grade ?? '-', size, speakers: 1}] : [];
	});
	const kokoro = Object.entries(kokoroStyles).flatMap(([key, {grade = '-'}]) => {
		const facts = kokoroOffer(key);
		return facts ? [{...facts, quality: grade, size: styleSize + model, speakers: 1}] : [];
	});
	const all = [...hibari, ...kokoro, ...(await piperOffers(from, options))];
	return all.map(offer => ({...offer, installed: installed.has(offer.id)}));
}

async function piperOffers(
	from: string | undefined,
	{signal, stallTimeout = usualStall, onMissing}: AvailableOptions,
): Promise<ReadonlyArray<Omit<VoiceOffer, 'installed'>>> {
	const web = new Web(stallTimeout);
	try {
		const list = await fetchPiperList({from, web, signal});
		return (list?.voices ?? []).map(({key, name, language, quality, size, speakers}) => ({
			id: `piper:${key}`,
			family: 'piper',
			name,
			language,
			gender: 'unknown',
			// Each data set has its own, which its model card tells.
			licence: 'by voice',
			quality,
			size,
			speakers,
		}));
	} catch (error) {
		signal?.throwIfAborted();
		if (!onMissing) throw error;
		onMissing(error);
		return [];
	} finally {
		web.close();
	}
}
