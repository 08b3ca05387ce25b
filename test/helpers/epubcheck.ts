import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';

/** Debian's, or where EPUBCHECK_JAR says. */
const jar = process.env['EPUBCHECK_JAR'] ?? '/usr/share/java/epubcheck.jar';

export const hasEpubcheck = existsSync(jar);

/** What epubcheck has to say of an EPUB: errors and warnings without their places in a line, sorted. */
export function epubcheck(path: string): Promise<string[]> {
	return new Promise((resolve, reject) => {
		// epubcheck 4 calls itself once for every clip of a book.
		const args = ['-XX:TieredStopAtLevel=1', '-Xss1g', '-jar', jar, path];
		execFile('java', args, {maxBuffer: 2 ** 26}, (error, stdout, stderr) => {
			const told = `${stdout}\n${stderr}`;
			// Its exit status only tells whether there are any.
			if (!told.includes('EPUBCheck completed')) reject(error ?? new Error(told));
			const messages = told.split('\n').filter(line => /^(?:FATAL|ERROR|WARNING)/.test(line));
			resolve(messages.map(line => line.replace(path, '').replaceAll(/\(\d+,\d+\)/g, '')).toSorted());
		});
	});
}
