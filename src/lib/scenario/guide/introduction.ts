/** The way from an idea to a proven scenario, in words. What it says of commands and files is held against them by tests. */
export const INTRODUCTION = `# Writing a scenario

From an idea to a proven scenario in an hour. Work in the app (**Studio**: an editor beside a preview that plays the scenario
as you type) or in files with your own editor; both read the same format.

| minutes | what you do | how you know that it is done |
|---|---|---|
| 0 to 5 | Begin: \`muster new <slug> --topology shop\`, or *New scenario…* in the studio | It loads and is played at once: the starter works as it is |
| 5 to 15 | The idea, in five sentences (below) | You can say what breaks, who notices, and what would be a mistake |
| 15 to 30 | The fault: \`topology\`, \`changes\`, \`faults\`, \`impact\` | In the preview, *Nobody acts* gets as bad as it should, when it should |
| 30 to 40 | What can be seen: \`rules.yaml\`, \`diagnostics\`, the runbook | The alert fires in time; two pieces of evidence speak for the cause |
| 40 to 50 | What can be done: \`mitigations\`, \`injects\`, \`ideal\` | *The reference* resolves; the tempting way does not |
| 50 to 55 | The truth: \`truth\`, \`expectations\`, \`hints\`, \`role_cards\` | \`muster lint <slug>\` says 0 errors, 0 warnings |
| 55 to 60 | Proof: \`muster prove <slug> --seeds 3\`, then with 20 | Every promise has its ✓ |

## The idea, in five sentences

Write them down before any YAML; they become \`truth\`, \`faults\` and \`mitigations\`.

1. **What broke, really?** One cause that is below the first symptom, and what set it off.
2. **What do customers notice?** In their words, and how many of them.
3. **What looks like the cause and is not?** One innocent change, one metric that only follows.
4. **What mends it, and what makes it worse?** A way that helps, one that loses time, one that harms.
5. **What should a team have learned?** One to five objectives that can be seen in how they played.

Good scenarios are lost by people who guess and won by people who look. If the first alert names the cause, there is nothing
to find; if nothing names it, there is only luck.

## The fault as states

A fault is a small machine. Each state says what is different (\`effects\`, \`logs\`, \`instruments\`) and how it goes on: \`after\` a
time, \`when\` a condition holds, or \`on\` a mitigation. What a state does not mention goes back to its baseline, so the state in
which all is well needs no effects.

- Begin healthy or \`latent\`, get worse in one or two steps, and have a \`mitigated\` state that becomes \`resolved\` only \`when\` the
  metrics have held: recovery takes time, and people who resolve too early should be wrong.
- Two faults side by side are two entries of \`faults\`. Traffic that rises by itself is a fault with nothing wrong in it.
- A metric is \`service.metric\`. Every service has \`errors\` (share of its requests), \`latency\` (95th percentile), \`traffic\` (1 is
  usual), \`cpu\`, \`mem\`; further ones are \`disk\`, \`disk_io\`, \`conns\`, \`pool_avail\`, \`threads\`, \`fds\`, \`queue_depth\`, \`queue_age\`,
  \`hit_ratio\`, \`gc_pause\`, \`lag\`. Errors and latency reach callers by themselves, as the topology says: do not write
  them twice.
- \`core-api[version=4.18.0].errors\` is a part of a service. A version must be one that a \`change\` or a mitigation deploys.

Look at the preview after every step: the strip of *Nobody acts* shows the states, the dashed lines the metrics. Move along the
time axis and the chart lights the state that you are in.

## What can be seen

- Write the rule that ought to notice in \`rules.yaml\`, as you would for Prometheus; *What can be asked for* lists the metrics. \`for:\` is the time it stays pending; in the
  preview that is the hatched part. List under \`truth.alerts\` what fires when nobody acts, with a window a minute or two wide on
  both sides: other seeds stray.
- A quiet day must stay quiet: \`muster prove\` plays the same system with nothing broken and wants no alert.
- At least two \`diagnostics\` must prove the \`cause\` or its \`trigger\`, from different places. The reference must win without any one
  of them: in \`ideal\` write \`when: evidence(a) or evidence(b)\`, never one alone.
- Diagnostics also tell the truth about what is innocent (\`proves: herring\`). Use \`{{metric …}}\` for numbers, so that they agree
  with the charts.

## What can be done

- One mitigation is \`effective\`, one or more \`ineffective\` or \`partial\`, one \`harmful\`. Harm must cost something: an effect that
  customers feel, or a \`harm\` that you declare (data, money, evidence, trust).
- The description says what it does and not whether it helps. \`why\` is for the debrief.
- Injects are people who want something at a bad moment, and colleagues with confident advice. One asks (\`asks: true\`).

## The reference

\`ideal\` is a good line of play, not the fastest: acknowledge, declare, look, say what you think, act, tell people, watch, resolve.
Each step has a \`when\`; it is done at the first moment that holds. Words with a colon in them need quotes in YAML.

## Proof

\`muster prove\` plays the scenario with nobody, with your reference and with three trainees who know no scenario, and holds it
against seven promises:

| promise | what is wrong when it fails |
|---|---|
| quiet | An alert fires on a day on which nothing is broken: its threshold is too near to the noise |
| alerts | What \`truth.alerts\` lists does not fire, or not in its window or order |
| idle | Waiting wins: a fault passes by itself |
| ideal | The reference does not win, is slower than \`truth.expected.resolution\` allows, or gives a command that is refused |
| evidence | Fewer than two pieces of evidence, or one without which the reference is lost |
| harm | A harmful mitigation costs nothing: give it an effect on an \`impact\` metric, or a \`harm\` |
| guessing | Guessing does as well as looking: more wrong ways, or one that costs more |

Then \`muster golden <slug>\` writes \`expected.json\`, so that a change of the engine cannot change your scenario unnoticed. In the
studio, *Save* puts it into the library; runs keep the version they were played with.

## Where people stumble

- **\`the id is "a" but the folder is "b"\`**: the folder's name is the id. The studio sees to it when you duplicate.
- **A map needs its braces closed on the same line**, and a text with \`: \`, \`#\`, \`%\` at its beginning or \`{{\` needs quotes.
- **The alert fires in the preview and \`prove\` says it does not**: it fires within the window at seed 1 only. Try *Another seed*.
- **The reference waits for ever**: a \`when\` asks for an alert that has another name, or for evidence that no step gathers.
- **Everybody wins, also who guesses**: the harmful way must be tempting, and the right one must not be first in the list.
- **The starter's runbook is left over**: rename its file, its \`id\` and the entry under \`runbooks:\` together, and \`truth.runbook\`.
- **A mitigation should end differently in one state**: leave \`to\` out of the mitigation and write \`on: { its_id: state }\` in that
  state; a state that only passes by needs a way on by itself.
- **The novice loses to a runbook**: that is what \`defect: trap\` is for; say in \`defect_note\` why. The proof does not mind.
- **Nothing happens on the metric**: it belongs to a version that no pod runs, or a later state leaves it out.`;
