/** Sentences of a story, as a book has them: long and short, with speech, numbers and names. */
const sentences = [
	'The harbour master kept his ledgers in a room above the chandlery, where the window gave on to the whole of the bay.',
	'Every morning, at a quarter past six, he wrote down the height of the tide and the names of the boats that had come in.',
	'Nobody had asked him to.',
	'“It is a habit,” he told the new clerk, “and a habit is worth more than a rule, because nobody checks whether you keep it.”',
	'The clerk, whose name was Margaret Oduya, nodded and looked at the wall, which held twenty-three years of ledgers bound in green cloth.',
	'She had come from the city with two suitcases, a typewriter that lacked the letter Q, and a letter of recommendation from Dr. Hale.',
	'On her third day the fog came down.',
	'It rolled over the breakwater without a sound and lay on the water like wool, so that the bell buoy seemed to ring from inside the house.',
	'Seven boats were out, and by noon only four of them had found their way back.',
	'“What do we do now?” asked Margaret.',
	'“Now we make noise,” said the harbour master, and he took down from its hook a brass horn as long as his arm.',
	'They stood at the end of the pier and took turns, one long note every half minute, until her lips were numb and her ears sang.',
	'At 2:40 in the afternoon a voice answered from the white, thin and cross, and wanted to know whether they thought that he was deaf.',
	'That was old Tom Pascoe, who had been steering for the horn since one o’clock and had not lost his way at all.',
	'The second boat came an hour later, with a torn sail and a crate of mackerel that nobody had the heart to weigh.',
	'The third did not come.',
	'All evening the families waited in the chandlery, among the coils of rope and the tins of paint, and drank tea that cost the harbour master $14 and most of his sugar.',
	'He wrote the name of the boat in the ledger and left the space beside it empty.',
	'Margaret watched him do it, and thought that she had never seen anybody leave a space so carefully.',
	'Near midnight the wind went round to the west, and the fog tore open like paper.',
	'There, not three hundred yards from the lighthouse, lay the missing boat, quite safe, at anchor, with its crew asleep under a tarpaulin.',
	'They had decided, very sensibly, to wait.',
	'“You might have answered the horn,” said the harbour master when they rowed in.',
	'“We did,” said the skipper, “but you were making such a noise that you could not hear us.”',
	'It became a story that was told in the town for years, and each time it was told there were more boats in it.',
	'But the ledger says seven, and in the space beside the last name, in a hand that shakes a little, it says: home, 12:25, all well.',
	'Margaret stayed for eleven years, learned to read the sky, and in time bought a typewriter with every letter of the alphabet.',
	'She kept the habit too.',
	'When the museum asked for the ledgers, she gave them thirty-four volumes, and every one of them had been filled to the last line.',
	'The room above the chandlery is a café today; on foggy mornings, if you ask, they will let you blow the horn.',
];

/** At least so many UTF-16 units of prose, in paragraphs, the story told again as often as it takes. */
export function prose(length: number): string {
	const told: string[] = [];
	let units = 0;
	for (let index = 0; units < length; index++) {
		const sentence = sentences[index % sentences.length] ?? '';
		const space = index % 6 === 5 ? '\n\n' : ' ';
		told.push(sentence + space);
		units += sentence.length + space.length;
	}
	return told.join('').trimEnd();
}
