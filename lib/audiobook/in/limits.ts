/** What no honest book reaches. */
export const limits = {
	/** Files in one archive or folder. */
	files: 20_000,
	/** Bytes of one file, unpacked. */
	fileBytes: 128 * 1024 * 1024,
	/** Bytes of all files that are read, unpacked. */
	totalBytes: 512 * 1024 * 1024,
	/** How many times larger than packed a file may be, once it is larger than `freeBytes`. */
	ratio: 200,
	freeBytes: 1024 * 1024,
} as const;
