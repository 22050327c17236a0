/**
 * Whether a text only says what a reaction would have said: "+1", "me too", a thumb. It must be nothing but
 * that, since what is taken for agreement is shown as one line: every part between marks of punctuation has
 * to be one of these phrases, in any of these languages.
 */

/** Longer ones say more than that. */
const LONGEST = 80

const PHRASES = new Set(
  `
  this|this please|this too|so much this|exactly this|exactly|agree|agreed|i agree|totally agree|strongly agree
  i totally agree|fully agree|i fully agree|seconded|second this|i second this|upvote|upvoted|bump
  me too|me too please|same|same here|same for me|same with me|same issue|same problem|same bug|same error
  same issue here|same problem here|same bug here|same error here|same thing|same thing here
  same question|i have the same issue|i have the same problem|i have this issue too|i have this problem too
  i have the same question|i have the same bug|having the same issue|having the same problem
  facing the same issue|facing same issue|experiencing the same issue|i'm having the same issue
  i am having the same issue|i am having the same problem|i'm having the same problem
  affected too|i'm affected too|also affected|need this|i need this|need this too|i need this too
  want this|i want this|i want this too|would love this|would love to have this|would love to see this
  i would love this|i'd love this|yes please|please|pretty please|pls|plz|please do|please add this|please fix
  please fix this|likewise|ditto|count me in|here too|for me too
  ich auch|ich ebenfalls|dito|mir auch|bei mir auch|hier auch|geht mir auch so|geht mir genauso|gleiches problem
  gleiches problem hier|selbes problem|dasselbe problem|ich habe das gleiche problem|habe das gleiche problem
  dafür|bin dafür|ich bin dafür|stimme zu|sehe ich auch so|ja bitte|bitte
  moi aussi|pareil|pareil ici|pareil pour moi|idem|idem ici|même problème|même problème ici|même souci
  j'ai le même problème|d'accord|je suis d'accord|tout à fait d'accord|s'il vous plaît|svp
  yo también|yo tambien|a mí también|a mi también|a mi tambien|igual|igual aquí|lo mismo|lo mismo aquí|mismo problema
  el mismo problema|tengo el mismo problema|de acuerdo|estoy de acuerdo|totalmente de acuerdo|sí por favor|por favor
  eu também|eu tambem|aqui também|aqui tambem|mesmo problema|mesmo problema aqui|mesma coisa|mesma coisa aqui
  estou com o mesmo problema|tenho o mesmo problema|concordo
  anch'io|anche io|anche a me|anche per me|stesso problema|stesso problema qui|ho lo stesso problema|concordo|d'accordo
  ik ook|hier ook|bij mij ook|zelfde probleem|zelfde hier|hetzelfde probleem|eens|mee eens
  ja też|ja tez|u mnie też|u mnie to samo|mam to samo|to samo|ten sam problem|mam ten sam problem|popieram
  jag också|jag med|samma här|samma problem|samma problem här|instämmer
  jeg også|også her|samme her|samme problem|enig|minä myös|sama täällä|sama ongelma|samaa mieltä
  já taky|taky|u mě taky|stejný problém|souhlasím|én is|nálam is|ugyanez|ugyanez a probléma
  ben de|bende de|bende aynı|aynı sorun|aynı problem|aynı sorun bende de var|katılıyorum
  saya juga|sama|masalah yang sama|setuju|tôi cũng vậy|mình cũng vậy|tôi cũng thế|đồng ý
  я тоже|и я|и у меня|у меня тоже|у меня то же самое|у меня так же|тоже самое|то же самое|та же проблема
  такая же проблема|аналогично|плюсую|плюс один|плюс|поддерживаю|согласен|согласна
  я теж|і в мене|в мене теж|у мене теж|та сама проблема|підтримую|плюсую|згоден|згодна
  同问|同求|我也是|我也一样|我也遇到了|我也遇到了同样的问题|同样的问题|同样问题|一样的问题|相同问题|顶|顶一下|支持|赞同|同意|加一
  同問|我也一樣|同樣的問題|頂|支持一下|贊同
  私も|私もです|私もそう思います|同じく|同じくです|同じです|同じ問題です|同じ問題|同じ現象です|同感|同感です|同意|同意です|賛成です
  저도요|저도|저도 그래요|저도 같은 문제|같은 문제|같은 문제입니다|저도 같은 문제입니다|동의합니다|동감
  أنا أيضا|أنا أيضاً|وأنا أيضا|نفس المشكلة|أتفق|גם אני|גם אצלי|אותה בעיה|מסכים|मुझे भी|मैं भी|यही समस्या|सहमत
  من هم|منم همین مشکل رو دارم|همین مشکل
  `
    .split(/[|\n]/)
    .map((phrase) => phrase.trim())
    .filter(Boolean),
)

/** What stands for a thumb: written shortcodes, and signs of assent. */
const SHORTCODES =
  /:(?:\+1|thumbsup|thumbs_up|heart|tada|rocket|100|point_up|point_up_2|raised_hands|raising_hand|clap|fire):/g
const SIGNS = /[👍➕💯☝👆❤♥💙💚💜🧡💛🖤🎉🚀🙌👏🙋⬆🔼🔥😍💪⭐🌟]/gu

/** Variation selectors, joiners, sexes and colours of skin: they change how a sign looks. */
const LOOKS = /\u200b|\u200c|\u200d|\u2060|\ufe0e|\ufe0f|♀|♂|[\u{1f3fb}-\u{1f3ff}]/gu

/** `+1`, `+100`, `1+`, `++`, and carets that point at what was said above. */
const PLUS = /^(?:\+\s?10*|10*\s?\+|\++|\^+|\+1'd)$/
const PLUS_THIS =
  /^(?:(?:big|huge|another|a big|a huge|strong) )?\+\s?10*(?: (?:on|to|for|from)(?: this| me| here| us| my side)?| here| too| from my side)?$/

/** Faces that add nothing, where they stand behind something. */
const FACES = /(?:^|\s)(?::-?[)(/|dp]|;-?\)|\^\^|<3|:'\()(?=\s|$)/g

export function isAgreement(text: string): boolean {
  if (text.length > LONGEST * 2) return false
  let plain = text.normalize('NFKC').toLowerCase().replace(LOOKS, '').replaceAll('’', "'")
  plain = plain.replace(SHORTCODES, '👍')
  if (plain.length > LONGEST) return false
  const signs = plain.replace(SIGNS, '\n')
  const isSigned = signs !== plain
  const parts = signs
    .replace(FACES, (face) => (face.includes('^^') || face.includes('<3') ? '\n^\n' : '\n'))
    .split(/[\n.,!…。！，、~*_"“”;]+/u)
    .map((part) => part.trim().replace(/\s+/g, ' '))
    .filter(Boolean)
  if (parts.length === 0) return isSigned
  return parts.every(isPart)
}

function isPart(part: string): boolean {
  if (PLUS.test(part) || PLUS_THIS.test(part) || PHRASES.has(part)) return true
  // "+1 same here", "^ this"
  const [first = '', ...rest] = part.split(' ')
  return rest.length > 0 && PLUS.test(first) && isPart(rest.join(' '))
}
