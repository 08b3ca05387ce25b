/**
 * Parts of speech, as fine as pronunciation asks for: the lexicon's own keys (NOUN, VERB, VBD and VBN for past forms, ADJ, ADV, DT)
 * and those of the words that surround them. BE and HAVE: forms of these verbs; MD: modal verbs and forms of "do"; IN:
 * prepositions, and conjunctions that begin a clause; CC: "and" and its like; PRP: pronouns; CD: numbers.
 */
export type Tag =
	| 'NOUN'
	| 'VERB'
	| 'VBD'
	| 'VBN'
	| 'ADJ'
	| 'ADV'
	| 'DT'
	| 'PRP'
	| 'IN'
	| 'CC'
	| 'BE'
	| 'HAVE'
	| 'MD'
	| 'TO'
	| 'CD'
	| 'OTHER';
