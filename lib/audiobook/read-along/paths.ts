/** How one file of an archive refers to another: the way between the two, percent-encoded (RFC 3986). */
export function hrefFrom(from: string, to: string): string {
	const [folders, target] = [from.split('/').slice(0, -1), to.split('/')];
	let common = 0;
	while (common < folders.length && common < target.length - 1 && folders[common] === target[common])
		common++;
	const up = folders.slice(common).map(() => '..');
	return [...up, ...target.slice(common).map(encodeURIComponent)].join('/');
}

/** A path in the folder of a file. */
export function beside(file: string, name: string): string {
	return file.slice(0, file.lastIndexOf('/') + 1) + name;
}
