/** What a language abbreviates with a full stop, and the words that tell a new sentence after one. Words are separated by spaces. */
interface Language {
	/** Always followed by more: titles before names, "for example". */
	readonly leads: string;
	/** Ends a sentence only where one of `starters` follows. */
	readonly ambiguous: string;
	/** Followed by a number as a rule; elsewhere an ordinary word. */
	readonly numbered: string;
	/** Words that begin a sentence and are hardly ever (part of) a name. */
	readonly starters: string;
}

const languages: Readonly<Record<string, Language>> = {
	en: {
		leads:
			'Mr Mrs Ms Mx Dr Prof Messrs Mmes Gen Sen Rep Hon Rev Capt Lt Sgt Cpl Col Gov Maj Cmdr Adm Pres Supt Fr ' +
			'e.g i.e viz vs v cf approx ca resp incl excl',
		ambiguous:
			'al St Mt Ft Ave Blvd Rd Jr Sr Esq Inc Ltd Co Corp Bros Dept Univ Assn a.m p.m A.M P.M ' +
			'Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun ' +
			'Ala Ariz Calif Colo Conn Del Fla Kan Ky Mass Md Mich Minn Mont Neb Nev Okla Tenn Tex Va Vt Wis Wyo',
		numbered:
			'No Nos Fig Figs p pp vol vols ch chap sec art eq ed par para pt bk est tel ext op ver l ll n nn c fol',
		starters:
			'The This That These Those It Its He She We They You I There Here In On At As If When While Where Why How What ' +
			'Who Which But And Or Then Yet For From After Before Although However His Her My Your Our Their Not Now Once Since ' +
			'Some Such To With Yes Is Are Was Were Did Does Can Could Would Should A An One All Each Every Both Most Many By Under Nobody Everyone Nothing Everything Later Meanwhile Perhaps Please',
	},
	de: {
		leads:
			'Hr Fr Frl Dr Prof Dipl Ing St Hl z.B z.Hd d.h i.d.R u.a o.ä u.ä v.a bzw ca vgl evtl ggf inkl exkl sog geb gest ' +
			'bspw insb insbes allg zzgl max min Bd Hrsg Mag Nr Abb Abs Art Kap',
		ambiguous:
			'usw etc usf uvm u.v.m o.g s.o s.u a.D e.V n.Chr v.Chr Jan Jän Feb Febr Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez ' +
			'Mo Di Mi Do Fr Sa So Str GmbH Co jr sen Mio Mrd Std Min Sek Tel',
		numbered: 'S Nr Nrn Abb Tab Bd Kap Abs Art Aufl Ziff Rn Z Bl',
		starters:
			'Der Die Das Den Dem Des Ein Eine Einer Eines Einem Einen Er Sie Es Wir Ihr Ich Du Man Und Oder Aber Doch Denn Wenn Als Weil Da Dann ' +
			'Danach Dort Hier Heute Morgen Gestern Jetzt Nun So Auch Nur Noch Nach Vor Mit Bei Von Zu Zum Zur Im In Am An Auf Aus Für Durch Über ' +
			'Unter Seit Während Wie Was Wer Wo Warum Wann Diese Dieser Dieses Diesen Alle Viele Kein Keine Mein Meine Sein Seine Ihre Unser Ja Nein Dabei Damit Deshalb Trotzdem Später Zuerst Jeder Jede',
	},
	fr: {
		leads: 'M MM Mme Mmes Mlle Mlles Me Dr Pr Prof St Ste Mgr R.P c.-à-d c.à.d p.ex cf env hab vs',
		ambiguous:
			'etc av apr J.-C J.C janv févr avr juil sept oct nov déc lun mar mer jeu ven sam dim bd Cie Sté tél',
		numbered: 'p pp n no nos vol chap art fig t al éd ch sq',
		starters:
			"Le La Les L' L’ Un Une Des Du De Ce Cet Cette Ces C' C’ Il Elle On Nous Vous Ils Elles Je J' J’ Tu Et Ou Mais Donc Or Car Si Quand Lorsque " +
			'Comme Puis Alors Ensuite Enfin Ainsi Après Avant Dans En Sur Sous Pour Par Avec Sans Chez Depuis Pendant Ici Là Mon Ma Mes Son Sa Ses Leur Leurs Notre Votre ' +
			'Que Qui Quoi Où Pourquoi Comment Tout Tous Toute Aucun Aujourd’hui Hier Demain Oui Non À',
	},
	es: {
		leads:
			'Sr Sra Srta Sres Sras D Dª Da Dña Dr Dra Dres Prof Profa Lic Ing Arq Gral Cap Sgto Fr Sto Sta p.ej ej cf vs aprox sr sra srta sres dr dra prof lic',
		ambiguous:
			'etc Ud Uds Vd Vds Av Avda EE.UU EE a.C d.C a.m p.m ene feb mar abr may jun jul ago sept sep oct nov dic Cía S.A tel',
		numbered: 'p pp pág págs núm núms n.º no vol cap art fig ed t',
		starters:
			'El La Los Las Lo Un Una Unos Unas Él Ella Ellos Ellas Yo Tú Nosotros Usted Ustedes Este Esta Esto Estos Ese Esa Eso Aquel Aquella Y O Pero ' +
			'Si Sí No Cuando Como Cómo Donde Dónde Que Qué Quién Porque Aunque Luego Después Antes Entonces Así También Además Hoy Ayer Mañana Ahora Aquí Allí ' +
			'En De Del Por Para Con Sin Sobre Desde Hasta Al A Su Sus Mi Mis Se Me Le Ni Ya Todo Todos Cada Hay Es Era Fue',
	},
	it: {
		leads:
			'Sig Sigg Dott Prof Avv Ing Arch Geom Rag On Sen Gen Cap Ten Mons Don S SS p.es es cfr ca vs sig sigg dott prof avv ing',
		ambiguous: 'ecc etc a.C d.C gen febb feb mar apr mag giu lug ago sett set ott nov dic S.p.A S.r.l tel',
		numbered: 'p pp pag pagg n nn num vol cap art fig ed',
		starters:
			"Il Lo La I Gli Le L' L’ Un Uno Una Egli Ella Lui Lei Loro Io Tu Noi Voi Questo Questa Questi Queste Quello Quella E Ed O Ma Però Se Quando Come Dove " +
			'Che Chi Cosa Perché Poi Allora Dopo Prima Così Anche Inoltre Oggi Ieri Domani Ora Adesso Qui Là In Di Del Della Da Dal Per Con Su Tra Fra Nel Nella Al Alla A ' +
			'Suo Sua Mio Mia Si Sì Non No Tutto Tutti Ogni È Era Ci',
	},
	pt: {
		leads:
			'Sr Sra Srs Sras Srta D Dr Dra Drs Prof Profa Eng Arq Gen Cel Cap Sto Sta p.ex ex cf vs aprox sr sra srta dr dra prof Exmo Exma V',
		ambiguous: 'etc Av R a.C d.C jan fev mar abr mai jun jul ago set out nov dez Cia Ltda S.A tel',
		numbered: 'p pp pág págs núm n no vol cap art fig ed',
		starters:
			'O A Os As Um Uma Uns Umas Ele Ela Eles Elas Eu Tu Nós Você Vocês Este Esta Isto Esse Essa Isso Aquele Aquela E Ou Mas Porém Se Quando Como Onde ' +
			'Que Quem Porque Embora Depois Antes Então Assim Também Além Hoje Ontem Amanhã Agora Aqui Ali Lá Em No Na Nos Nas De Do Da Por Para Com Sem Sobre Desde Até ' +
			'Ao À Seu Sua Meu Minha Não Sim Todo Todos Cada Há É Era Foi',
	},
	nl: {
		leads:
			'dhr mw mevr mej dr drs prof Dhr Mw Mevr Mej Dr Drs Prof Ir Ing Mr Ds St bijv bv d.w.z m.a.w o.a i.p.v t.o.v t.a.v i.v.m m.b.t z.g zgn ca vgl resp incl excl vs',
		ambiguous: 'enz etc e.d n.Chr v.Chr jan feb febr mrt apr jun jul aug sep sept okt nov dec jr sr Co tel',
		numbered: 'p pp blz nr nrs art afb fig hfst dl vol',
		starters:
			'De Het Een Hij Zij Ze Wij We Jij Je Ik U Men Dit Dat Deze Die En Of Maar Want Als Toen Omdat Dan Daarna Daar Hier Vandaag Morgen Gisteren Nu Zo Ook Nog Na Voor Met Bij ' +
			'Van Te Ten In Op Aan Uit Door Over Onder Sinds Tijdens Hoe Wat Wie Waar Waarom Wanneer Alle Veel Geen Mijn Zijn Haar Onze Hun Ja Nee Er Toch Later',
	},
	ru: {
		leads: 'т.е т.н т.к г-н г-жа гр проф акад им ул пл просп св см ср напр',
		ambiguous: 'т.д т.п др пр г гг в вв н.э руб коп тыс млн млрд янв февр мар апр авг сент окт нояб дек',
		numbered: 'с стр рис табл гл т п ст № д кв',
		starters:
			'Он Она Оно Они Мы Вы Ты Я Это Этот Эта Эти Тот Та И А Но Или Если Когда Как Где Что Кто Почему Потом Затем Тогда Так Также Сегодня Вчера Завтра Теперь Здесь Там В Во На С Со По К У О Об От Из За До Для Не Нет Да Все Всё Его Её Их Мой Наш',
	},
};

/** The tables of one language as sets, ready to ask. */
export interface Tables {
	readonly leads: ReadonlySet<string>;
	readonly ambiguous: ReadonlySet<string>;
	readonly numbered: ReadonlySet<string>;
	readonly starters: ReadonlySet<string>;
	readonly ordinals: boolean;
}

/** Languages that write ordinals as `3.`. */
const ordinalLanguages = new Set('de da nb nn no fi et lv cs sk pl hu hr sr bs sl is fo tr az lb'.split(' '));
/** For languages without a table. */
const international = {leads: 'Mr Mrs Ms Dr Prof St e.g i.e vs', ambiguous: '', numbered: 'No', starters: ''};

/** The tables for a language (BCP 47 tag). */
export function tablesOf(language: string): Tables {
	const base = language.split('-')[0]?.toLowerCase() ?? '';
	const table = languages[base] ?? international;
	const setOf = (words: string) => new Set(words.split(' ').filter(word => word !== ''));
	return {
		leads: setOf(table.leads),
		ambiguous: setOf(table.ambiguous),
		numbered: setOf(table.numbered),
		starters: setOf(table.starters),
		ordinals: ordinalLanguages.has(base),
	};
}
