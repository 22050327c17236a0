/** Word lists from which titles and bodies are made. All invented. */

export const logins = (
  'ashdibble birchwhistle cloverpike dewberrylane elmsworthy fernhollowx gorsebank hazeltwine ' +
  'ivyquill junipermoss kelpwright larchmere mallowfen nettlewick oakdrift pearmainx quincefold ' +
  'rowanspur sedgeley thistlecombe umberroot vetchling willowmarsh yarrowgate zinniapot alderfoot ' +
  'bramblecote cowslipper damsongrove eglantine-x foxglove-7 gladewalker heath-and-home iris-bulb ' +
  'jasmine-trellis knotweed-no lupinrow mossy-bot0 nasturtium primrose-w a-very-long-login-name-for-a-gardener'
).split(' ')

export const verbs =
  'Allow Support Document Fix Avoid Rename Speed\u00a0up Deprecate Remove Simplify Cache Prune Graft Water Validate'.split(
    ' ',
  )

export const things = [
  'the seed catalogue',
  'nested trellis layouts',
  'frost warnings in `plan.toml`',
  'the `prune()` helper',
  'companion planting rules',
  'compost ratios above 100 %',
  'watering schedules across midnight',
  'the `Bed.rotate(by=4)` call',
  'greenhouse sensors that go offline',
  'imports from spreadsheets',
  'very small plots',
  'the harvest report',
  'soil readings with missing units',
  'hedge tracking',
  'the bulb calendar on leap years',
]

export const tails = [
  '',
  '',
  '',
  ' when the plot is empty',
  ' on Windows',
  ' in the southern hemisphere',
  ' after an upgrade to 3.2',
  ' 🌱',
  ' for more than one gardener',
  ' without restarting',
  ' (regression)',
  ' if the season has not started',
]

/** Titles that a careless reader of the page would run, reverse, hide or break a layout with. */
export const oddTitles = [
  'Title with markup <img src=x onerror=alert(1)> shown as text',
  '<script>alert(1)</script> in a plant name is stored as is',
  'Right to left: \u202eelbisrever si siht\u202c and back',
  'Zero\u200bwidth\u200b spaces\u200d and a \ufeffbyte order mark',
  'مشكلة في الري عند منتصف الليل',
  '👩‍🌾👨🏽‍🌾🧑🏿‍🌾 emoji with joiners and skin tones 🇯🇵',
  'Quotes " \' ` and an ampersand &amp; that is already escaped',
  `A title of many words: ${'the quick brown gardener waters the lazy rose and '.repeat(4)}stops`,
  `Unbreakable${'Rhododendron'.repeat(14)}`,
]

export const sentences = [
  'I planted three rows and expected the plan to show all of them.',
  'It worked in the previous release.',
  'The log says `bed 4: no light` and nothing else.',
  'A smaller case: one bed, one seed, no water.',
  'I would be glad to send a change if somebody points me to the right file.',
  'This matters most in early spring, when everybody opens the plan at once.',
  'Setting `shade = "partial"` does not help.',
  'Could we at least say so in the guide?',
  'Same here, on two machines.',
  'I think the cause is the rounding of half days.',
]

export const labelSeeds: readonly (readonly [string, string, string])[] = [
  ['bug', 'd73a4a', "Something isn't working"],
  ['enhancement', 'a2eeef', 'New feature or request'],
  ['documentation', '0075ca', 'Improvements or additions to the guide'],
  ['good first issue', '7057ff', 'Good for newcomers'],
  ['help wanted', '008672', 'Extra attention is needed'],
  ['question', 'd876e3', 'Further information is requested'],
  ['area: soil', '6b4f2a', 'Soil readings'],
  ['area: water', '1d76db', 'Watering'],
  ['area: light', 'fbca04', 'Sun, shade and lamps'],
  ['priority: high', 'b60205', ''],
  ['priority: low', 'c2e0c6', ''],
  ['🌱 seedling', 'bfdadc', 'Small and new'],
  ['wontfix', 'ffffff', 'This will not be worked on'],
  ['needs-triage', 'ededed', ''],
]
