/** `4.9 kB`, `8.0 MB`, `1.25 GB`: in powers of a thousand bytes. */
export function megabytes(bytes: number): string {
	if (bytes < 1e5) return `${(bytes / 1e3).toFixed(1)} kB`;
	return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}
