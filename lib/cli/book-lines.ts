import type {BookEvent} from '../audiobook/index.js';
import type {BookProgress} from './book-progress.js';

/** Shows how a book comes along. */
export interface BookShown {
	/** Called after `BookProgress` took the event. */
	take(event: BookEvent): void;
	/** Something that people should know, at any time. */
	note(message: string): void;
	/** Leaves the place clean for what is printed next. */
	end(): void;
}

/** A line for each chapter: for logs and pipes. */
export function bookLines(stream: NodeJS.WriteStream, progress: BookProgress): BookShown {
	return {
		take(event) {
			if (event.type === 'chapter') {
				const facts = [`${Math.round(progress.part * 100)}%`, ...speedFacts(progress)].join(', ');
				stream.write(`chapter ${event.number}, ${event.title} (${facts})\n`);
			} else if (event.type === 'failed') stream.write(`${failureLine(event)}\n`);
			else if (event.type === 'measured') stream.write(`measured ${event.lufs.toFixed(1)} LUFS\n`);
			else if (event.type === 'finishing')
				stream.write(`${clock(progress.seconds)} encoded; tags, chapters and cover now\n`);
		},
		note: message => void stream.write(`${message}\n`),
		end() {},
	};
}

/** A line of JSON for each event. */
export function bookJson(stream: NodeJS.WriteStream): BookShown {
	return {
		take(event) {
			const said =
				event.type === 'failed'
					? {...event, error: {code: event.error.code, message: event.error.message}}
					: event;
			stream.write(`${JSON.stringify(said)}\n`);
		},
		note: message => void stream.write(`${JSON.stringify({type: 'notice', message})}\n`),
		end() {},
	};
}

export function failureLine({place, error}: Extract<BookEvent, {type: 'failed'}>): string {
	return `failed in chapter ${place.number}, ${place.title}: “${place.excerpt}”: ${error.message} [${error.code}]`;
}

/** `118 times real time`, `2:10 left`, as far as they are known. */
export function speedFacts({speed, secondsLeft, cached}: BookProgress): string[] {
	return [
		...(speed === undefined ? [] : [`${speed.toFixed(0)} times real time`]),
		...(secondsLeft === undefined ? [] : [`${clock(secondsLeft)} left`]),
		...(cached === 0 ? [] : [`${cached} from the cache`]),
	];
}

/** `6:03:07`, `12:05`, `0:09`. */
export function clock(seconds: number): string {
	const whole = Math.round(seconds);
	const pad = (number: number) => String(number).padStart(2, '0');
	const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
	return `${hours > 0 ? `${hours}:${pad(minutes)}` : minutes}:${pad(whole % 60)}`;
}
