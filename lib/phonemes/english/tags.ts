/**
 * Parts of speech, as fine as pronunciation asks for: the lexicon's own keys (NOUN, VERB, VBD and VBN for past forms, ADJ, ADV, DT)
 * and those that function words depend on. IN: preposition or conjunction; PRP: pronoun; NAME: a proper noun.
 */
export type Tag =
	| 'NOUN'
	| 'NAME'
	| 'VERB'
	| 'VBD'
	| 'VBN'
	| 'ADJ'
	| 'ADV'
	| 'DT'
	| 'PRP'
	| 'IN'
	| 'MD'
	| 'TO'
	| 'CD'
	| 'OTHER';
