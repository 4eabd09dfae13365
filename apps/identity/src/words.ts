/** What the pages say. Placeholders: {name}, {wait}, {count}. */
const fr = {
  direction: 'ltr',
  ownName: 'Français',
  signInTitle: 'Se connecter',
  hello: 'Bonjour.',
  promise: 'Vos réunions, vos messages, vos documents et vos fichiers, chez nous.',
  username: 'Nom d’utilisateur ou adresse électronique',
  password: 'Mot de passe',
  signIn: 'Se connecter',
  language: 'Langue',
  skip: 'Aller au formulaire',
  wrong: 'Ce nom ou ce mot de passe n’est pas le bon. Vérifiez les deux et réessayez.',
  locked: 'Trop d’essais de suite. Par sécurité, réessayez {wait}.',
  standIn: 'Service de connexion intégré : il remplace Keycloak sur cette installation.',
  demo: 'Ministère de démonstration : les comptes et leur mot de passe sont inventés et publics.',
  kept: 'Données gardées sur le territoire',
  newPasswordTitle: 'Choisissez votre mot de passe',
  newPasswordWhy: 'Bonjour {name}. Celui qui vous a été donné ne sert qu’une fois.',
  newPassword: 'Nouveau mot de passe',
  newPasswordHelp: 'Au moins {count} caractères. Une phrase est un bon mot de passe.',
  confirmPassword: 'Le même, encore une fois',
  save: 'Enregistrer et continuer',
  'too-short': 'Il est trop court : au moins {count} caractères.',
  'too-long': 'Il est trop long.',
  'same-as-name': 'Il ne peut pas être votre nom ni votre adresse.',
  'not-equal': 'Les deux mots de passe diffèrent.',
  'same-as-before': 'C’est encore le mot de passe provisoire. Choisissez-en un autre.',
  signOutTitle: 'Se déconnecter ?',
  signOutWhy: 'Vous serez déconnecté de Parvis sur ce navigateur.',
  signOut: 'Se déconnecter',
  signedOutTitle: 'Vous êtes déconnecté.',
  signedOutWhy: 'Vous pouvez fermer cette page.',
  expiredTitle: 'Cette page a expiré.',
  expiredWhy: 'Rien n’est perdu : recommencez depuis Parvis.',
  refusedTitle: 'Cette demande de connexion n’est pas valable.',
  refusedWhy:
    'Revenez à Parvis et recommencez. Si cela se reproduit, donnez ce code à votre assistance : {name}.',
  back: 'Revenir à Parvis',
};
export type Words = typeof fr;

const en: Words = {
  direction: 'ltr',
  ownName: 'English',
  signInTitle: 'Sign in',
  hello: 'Good day.',
  promise: 'Your meetings, your messages, your documents and your files, in our own house.',
  username: 'User name or e-mail address',
  password: 'Password',
  signIn: 'Sign in',
  language: 'Language',
  skip: 'Skip to the form',
  wrong: 'This name or this password is not right. Check both and try again.',
  locked: 'Too many tries in a row. To be safe, try again {wait}.',
  standIn: 'Built-in sign-in service: it stands in for Keycloak on this installation.',
  demo: 'Demonstration ministry: the accounts and their password are invented and public.',
  kept: 'Data kept in the country',
  newPasswordTitle: 'Choose your password',
  newPasswordWhy: 'Good day {name}. The one you were given works only once.',
  newPassword: 'New password',
  newPasswordHelp: 'At least {count} characters. A sentence makes a good password.',
  confirmPassword: 'The same once more',
  save: 'Save and continue',
  'too-short': 'It is too short: at least {count} characters.',
  'too-long': 'It is too long.',
  'same-as-name': 'It cannot be your name or your address.',
  'not-equal': 'The two passwords differ.',
  'same-as-before': 'This is still the temporary password. Choose another one.',
  signOutTitle: 'Sign out?',
  signOutWhy: 'You will be signed out of Parvis in this browser.',
  signOut: 'Sign out',
  signedOutTitle: 'You are signed out.',
  signedOutWhy: 'You can close this page.',
  expiredTitle: 'This page has expired.',
  expiredWhy: 'Nothing is lost: start again from Parvis.',
  refusedTitle: 'This sign-in request is not valid.',
  refusedWhy:
    'Go back to Parvis and start again. If it happens again, give this code to your support: {name}.',
  back: 'Back to Parvis',
};

const ar: Words = {
  direction: 'rtl',
  ownName: 'العربية',
  signInTitle: 'تسجيل الدخول',
  hello: 'مرحبًا.',
  promise: 'اجتماعاتكم ورسائلكم ووثائقكم وملفاتكم، في دارنا.',
  username: 'اسم المستخدم أو البريد الإلكتروني',
  password: 'كلمة المرور',
  signIn: 'الدخول',
  language: 'اللغة',
  skip: 'الانتقال إلى الاستمارة',
  wrong: 'الاسم أو كلمة المرور غير صحيح. تحقّقوا منهما ثم أعيدوا المحاولة.',
  locked: 'محاولات كثيرة متتالية. حفاظًا على الأمان، أعيدوا المحاولة {wait}.',
  standIn: 'خدمة دخول مدمجة: تنوب عن Keycloak في هذا التثبيت.',
  demo: 'وزارة للعرض التجريبي: الحسابات وكلمة مرورها مختلقة وعلنية.',
  kept: 'البيانات محفوظة داخل الوطن',
  newPasswordTitle: 'اختاروا كلمة المرور',
  newPasswordWhy: 'مرحبًا {name}. كلمة المرور التي استلمتموها تُستعمل مرة واحدة فقط.',
  newPassword: 'كلمة المرور الجديدة',
  newPasswordHelp: 'الحد الأدنى لعدد الأحرف: {count}. الجملة كلمة مرور جيدة.',
  confirmPassword: 'أعيدوا كتابتها',
  save: 'الحفظ والمتابعة',
  'too-short': 'قصيرة جدًا. الحد الأدنى لعدد الأحرف: {count}.',
  'too-long': 'طويلة جدًا.',
  'same-as-name': 'لا يمكن أن تكون اسمكم ولا عنوانكم.',
  'not-equal': 'كلمتا المرور مختلفتان.',
  'same-as-before': 'هذه هي كلمة المرور المؤقتة نفسها. اختاروا غيرها.',
  signOutTitle: 'هل تريدون تسجيل الخروج؟',
  signOutWhy: 'ستخرجون من Parvis في هذا المتصفح.',
  signOut: 'تسجيل الخروج',
  signedOutTitle: 'تم تسجيل الخروج.',
  signedOutWhy: 'يمكنكم إغلاق هذه الصفحة.',
  expiredTitle: 'انتهت صلاحية هذه الصفحة.',
  expiredWhy: 'لم يضع شيء: ابدؤوا من جديد من Parvis.',
  refusedTitle: 'طلب الدخول هذا غير صالح.',
  refusedWhy: 'عودوا إلى Parvis وأعيدوا المحاولة. إذا تكرر الأمر فأعطوا هذا الرمز لفريق الدعم: {name}.',
  back: 'العودة إلى Parvis',
};

export const languages = { fr, en, ar } as const;
export type Language = keyof typeof languages;

function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(languages, tag);
}

/** The first language we speak among those named: the page's own switch, the client's wish, the browser's list. */
export function languageFor(wishes: readonly (string | null | undefined)[], fallback: string): Language {
  for (const wish of wishes) {
    for (const tag of (wish ?? '').split(/[\s,]+/)) {
      const base = tag.split(/[-;]/)[0]?.toLowerCase() ?? '';
      if (isLanguage(base)) return base;
    }
  }
  return isLanguage(fallback) ? fallback : 'fr';
}

/** "dans 2 minutes", "in 2 minutes", "خلال دقيقتين". */
export function waitWords(language: Language, waitSeconds: number): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
  return waitSeconds < 60
    ? format.format(waitSeconds, 'second')
    : format.format(Math.ceil(waitSeconds / 60), 'minute');
}
