import type { DemoKey, DemoSpaceKey } from '@parvis/contract/demo';

/** A channel of the invented ministry: who said what, in order. `null` as title is the space's first channel. */
export interface DemoChannel {
  readonly space: DemoSpaceKey;
  readonly title: string | null;
  readonly kind: 'public' | 'announcements';
  /** Messages that the members have not read yet. */
  readonly unread: number;
  readonly history: readonly (readonly [who: DemoKey, text: string])[];
}

export const demoChannels: readonly DemoChannel[] = [
  {
    space: 'estuary',
    title: null,
    kind: 'public',
    unread: 3,
    history: [
      ['clarisse', 'Bonjour à toutes et à tous, et bienvenue dans l’espace du Plan Estuaire.'],
      ['samir', 'Merci Clarisse. Les fonds de carte sont dans le dossier « Cartes », à jour de lundi.'],
      ['nadia', 'Je reprends la trame du cahier des charges cet après-midi.'],
      ['yanis', 'Le marché des bouées : trois offres reçues, ouverture des plis jeudi à 10 h.'],
      ['clarisse', 'Parfait. Nadia, peux-tu être là avec le tableau d’analyse ?'],
      ['nadia', 'Oui, il sera prêt mercredi soir.'],
      ['amina', 'صباح الخير، قياسات شهر أكتوبر متاحة الآن في مجلد المرصد.'],
      [
        'amina',
        'Pour ceux qui ne lisent pas l’arabe : les mesures d’octobre sont dans le dossier de l’observatoire.',
      ],
      ['samir', 'Merci Amina, je les superpose à la carte des zones humides.'],
      ['grace', 'The pilots asked whether the dredging dates are final. Are they?'],
      ['yanis', 'Not yet, Grace: we settle them after Thursday. I will write to you the same day.'],
      ['adele', 'Bonjour, côté association nous avons 42 inscriptions pour la réunion publique.'],
      [
        'clarisse',
        'Très bien ! Adèle, la salle des fêtes de Port-Blanc tient 120 personnes, nous sommes à l’aise.',
      ],
      [
        'ines',
        'Rappel : les invitations des partenaires expirent fin décembre, pensez à les prolonger si besoin.',
      ],
      ['nadia', 'Le tableau d’analyse est prêt, je l’ai mis à côté du cahier des charges.'],
      ['yanis', 'Vu. L’offre B est la mieux placée sur le prix, la C sur le délai.'],
      ['clarisse', 'On en parle demain à 9 h 30 ? Je lance la réunion d’ici.'],
    ],
  },
  {
    space: 'estuary',
    title: 'concertation',
    kind: 'public',
    unread: 1,
    history: [
      ['clarisse', 'Ici, tout ce qui touche à la réunion publique du 12.'],
      ['adele', 'Les affiches sont posées dans les six communes.'],
      ['nadia', 'J’ai réservé la sono et deux micros HF.'],
      ['samir', 'Je prépare une carte A0 : tracé actuel en bleu, variante en orange.'],
      ['adele', 'Pouvez-vous prévoir une version pour daltoniens ? On nous l’a demandé la dernière fois.'],
      ['samir', 'Bien vu : hachures plutôt que couleurs, je vous l’envoie demain.'],
      ['clarisse', 'Merci à tous les deux. L’ordre du jour est figé vendredi midi.'],
    ],
  },
  {
    space: 'estuary',
    title: 'annonces',
    kind: 'announcements',
    unread: 0,
    history: [
      ['clarisse', 'La convention avec l’agence de l’eau est signée. Bravo à l’équipe !'],
      ['clarisse', 'Comité de pilotage le 20 à 14 h. Les pièces seront dans « Marchés » l’avant-veille.'],
    ],
  },
  {
    space: 'observatory',
    title: null,
    kind: 'public',
    unread: 2,
    history: [
      ['amina', 'أهلاً بكم في فضاء مرصد السواحل.'],
      ['youssef', 'شكراً أمينة. محطة القياس رقم 4 عادت إلى العمل هذا الصباح.'],
      ['leila', 'ممتاز. كم يوماً من البيانات فقدنا؟'],
      ['youssef', 'يومان فقط، من 3 إلى 5 نوفمبر.'],
      ['amina', 'سنكملها من محطة الميناء، المنحنيان متقاربان جداً.'],
      ['samir', 'Bonjour ! Puis-je reprendre vos courbes de marée pour la carte du Plan Estuaire ?'],
      ['amina', 'Bien sûr Samir, le fichier est dans « قياسات ».'],
      ['leila', 'أنهيت تقرير المناطق الرطبة: 14 صفحة مع الخرائط.'],
      ['youssef', 'قرأته، عمل جميل. ملاحظة واحدة على الجدول 3: الوحدة متر لا سنتيمتر.'],
      ['leila', 'صحيح، صححتها الآن.'],
      ['amina', 'اجتماعنا الأسبوعي غداً الساعة 10:00 كالعادة.'],
      ['ines', 'Une panne courte est prévue dimanche de 6 h à 7 h (mise à jour des serveurs).'],
      ['youssef', 'وصلت العوامة الجديدة! نركبها الثلاثاء إن سمح البحر.'],
    ],
  },
  {
    space: 'harbour',
    title: null,
    kind: 'public',
    unread: 2,
    history: [
      ['grace', 'Morning all. The winter timetable starts on the 1st.'],
      ['oliver', 'Two pilots on leave that week, I am moving the night shifts around.'],
      ['yanis', 'The new mooring buoys will be delivered in the week of the 15th.'],
      ['grace', 'Good. Oliver, can we keep berth 6 free for the crane?'],
      ['oliver', 'Yes, from Tuesday to Thursday. I have told the harbour office.'],
      ['leila', 'Tide tables for December are in the folder, in English and Arabic.'],
      ['oliver', 'Lovely, thank you Leila. Printed and on the wall already.'],
      ['ines', 'Your shared mailbox moves on Friday; nothing to do on your side.'],
      ['grace', 'Storm warning for Saturday: gusts up to 95 km/h. Please double the lines on berths 2 to 4.'],
      ['oliver', 'Done for 2 and 3. Berth 4 after the ferry has left.'],
      ['oliver', 'All doubled. Who is on call on Saturday night?'],
      ['grace', 'I am. Have a quiet weekend, everyone.'],
    ],
  },
  {
    space: 'harbour',
    title: 'shift-handover',
    kind: 'public',
    unread: 0,
    history: [
      ['oliver', 'Night: one late arrival (02:40), no incident.'],
      ['grace', 'Day: light on the north pier replaced.'],
      ['oliver', 'Night: fog until 05:30, two departures held back for an hour.'],
    ],
  },
  {
    space: 'cabinet',
    title: null,
    kind: 'public',
    unread: 1,
    history: [
      ['ines', 'Clarisse, il me faut trois lignes sur le Plan Estuaire pour vendredi.'],
      ['clarisse', 'Concertation le 12, marché des bouées attribué le 20, premiers travaux en mars.'],
      ['ines', 'Parfait, merci. Un point d’attention sur le calendrier ?'],
      ['clarisse', 'Les dates de dragage : elles dépendent des pilotes, réponse cette semaine.'],
      ['ines', 'Noté. Je le garde hors de la note jusque-là.'],
    ],
  },
];
