/** Signs by the words that people type behind a colon; the picker has all of them. */
const signs: readonly (readonly [sign: string, names: string])[] = [
  ['👍', '+1 thumbsup pouce ok موافق'],
  ['👎', '-1 thumbsdown رفض'],
  ['❤️', 'heart coeur cœur قلب'],
  ['😀', 'grinning sourire ابتسامة'],
  ['😄', 'smile souriant سعيد'],
  ['😂', 'joy rire lol ضحك'],
  ['🙂', 'slight_smile content'],
  ['😉', 'wink clin غمزة'],
  ['😅', 'sweat_smile ouf'],
  ['😊', 'blush ravi خجل'],
  ['😍', 'heart_eyes amour حب'],
  ['🤔', 'thinking reflexion réflexion تفكير'],
  ['😮', 'open_mouth surprise دهشة'],
  ['😢', 'cry triste حزن'],
  ['😭', 'sob pleurs بكاء'],
  ['😡', 'rage colere colère غضب'],
  ['🙏', 'pray merci thanks شكرا'],
  ['👏', 'clap bravo تصفيق'],
  ['🙌', 'raised_hands hourra'],
  ['💪', 'muscle force قوة'],
  ['👀', 'eyes yeux عيون'],
  ['👋', 'wave salut bonjour hello مرحبا'],
  ['🎉', 'tada fete fête party احتفال'],
  ['🔥', 'fire feu نار'],
  ['🚀', 'rocket fusee fusée صاروخ'],
  ['✅', 'white_check_mark check fait done تم'],
  ['❌', 'x non croix خطأ'],
  ['⚠️', 'warning attention تحذير'],
  ['❓', 'question سؤال'],
  ['💡', 'bulb idee idée فكرة'],
  ['📌', 'pushpin epingle épingle دبوس'],
  ['📎', 'paperclip trombone مشبك'],
  ['📅', 'date calendrier calendar تقويم'],
  ['📞', 'telephone téléphone هاتف'],
  ['☕', 'coffee cafe café قهوة'],
  ['🌍', 'earth monde عالم'],
  ['⭐', 'star etoile étoile نجمة'],
  ['💯', '100 cent مئة'],
  ['⏰', 'alarm_clock reveil réveil منبه'],
  ['🙈', 'see_no_evil oups'],
];

/** Signs one of whose names begins with the text, the shortest names first; each with that name. */
export function findEmoji(text: string, limit: number): [sign: string, name: string][] {
  const wanted = text.toLowerCase();
  return signs
    .flatMap(([sign, names]): [string, string][] => {
      const name = names.split(' ').find((one) => one.startsWith(wanted));
      return name === undefined ? [] : [[sign, name]];
    })
    .sort((one, other) => one[1].length - other[1].length)
    .slice(0, limit);
}
