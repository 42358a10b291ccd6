/** The way from an idea to a proven scenario, in words. What it says of commands and files is held against them by tests. */
export const INTRODUCTION = `# Writing a scenario

From an idea to a proven scenario in an hour. Work in the app (**Studio**: an editor beside a preview that plays the scenario
as you type) or in files with your own editor; both read the same format. In a checkout \`muster\` is \`npm run --silent muster --\`
or \`npx muster\`. Files need not lie under \`scenarios/\`: \`muster new <slug> --topology shop --in <folder>\`, then give
\`lint\`, \`prove\`, \`simulate\` and \`golden\` the path. To play them in the app, import the folder in the studio; import it again
and it is the next version.

| minutes | what you do | how you know that it is done |
|---|---|---|
| 0 to 5 | Begin: \`muster new <slug> --topology shop\`, or *New scenario…* in the studio | It loads and is played at once: the starter works as it is |
| 5 to 15 | The idea, in five sentences (below) | You can say what breaks, who notices, and what would be a mistake |
| 15 to 30 | The fault: \`topology\`, \`changes\`, \`faults\`, \`impact\` | In the preview, *Nobody acts* gets as bad as it should, when it should |
| 30 to 40 | What can be seen: \`rules.yaml\`, \`diagnostics\`, the runbook | The alert fires in time; two pieces of evidence speak for the cause |
| 40 to 50 | What can be done: \`mitigations\`, \`injects\`, \`ideal\` | *The reference* resolves; the tempting way does not |
| 50 to 55 | The truth: \`truth\`, \`expectations\`, \`hints\`, \`role_cards\` | \`muster lint <slug>\` says 0 errors, 0 warnings |
| 55 to 60 | Proof: \`muster prove <slug> --seeds 3\`, then with 20 | Every promise has its ✓ |
| after | Play it once in the browser, as somebody who knows nothing of it, and mend what feels false | Nothing gives the cause away too early, nobody asks about what is over, numbers agree |

## The idea, in five sentences

Write them down before any YAML; they become \`truth\`, \`faults\` and \`mitigations\`.

1. **What broke, really?** One cause that is below the first symptom, and what set it off.
2. **What do customers notice?** In their words, and how many of them.
3. **What looks like the cause and is not?** One innocent change, one metric that only follows.
4. **What mends it, and what makes it worse?** A way that helps, one that loses time, one that harms.
5. **What should a team have learned?** One to five objectives that can be seen in how they played:
   each is rated by the \`expectations\` that name it (\`objective: 1\`).

Good scenarios are lost by people who guess and won by people who look. If the first alert names the cause, there is nothing
to find; if nothing names it, there is only luck.

## The system

\`topology\` takes the services that matter out of an archetype: *The systems* lists those that there are. Five to eight are enough.

- A service of your own is listed under \`services\` and described under \`override\`, with \`kind\` and \`traffic\` at least. Give it
  \`endpoints\`, or its requests read \`GET /\`.
- Without \`dependencies\` the archetype's hold between the services that you list. If you write them, they take the place of all of
  those: repeat what you still want.
- What people see of a service: its golden signals where it \`exports\` \`http\`, further panels and metrics by its other \`exports\`
  (*What can be asked for*), its pods always. Of a \`kind: vendor\` they see nothing but what a diagnostic says: right for what
  others run for you.

## The fault as states

A fault is a small machine. Each state says what is different (\`effects\`, \`logs\`, \`instruments\`) and how it goes on: \`after\` a
time, \`when\` a condition holds, or \`on\` a mitigation. In a \`healthy\`, \`mitigated\` or \`resolved\` state
what it does not mention goes back to its baseline, so a state in which all is well needs no effects. In every other state it stays
where it was: say where it goes.

- Begin healthy or \`latent\`, get worse in one or two steps, and have a \`mitigated\` state that becomes \`resolved\` only \`when\` the
  metrics have held: recovery takes time, and people who resolve too early should be wrong.
- Two faults side by side are two entries of \`faults\`. Traffic that rises by itself is a fault with nothing wrong in it.
- A metric is \`service.metric\`, in the unit of the table below. One that a service does not export (\`conns\` of an api) can be
  moved, and shows only where a \`{{metric …}}\` says it.
- Errors and latency reach callers by themselves, as the topology says: do not write them twice. Only *how* callers fail you
  write for each: those that hang with a callee that is \`failing: slow\` need \`{ metric: caller.errors, step: { to: 0.2% },
  failing: slow }\` (their usual share), else they give up at once and traces are short.
- \`core-api[version=4.18.0].errors\` is a part of a service, \`core-api[endpoint=/orders].errors\` another. A version must be one
  that a \`change\` or a mitigation deploys, an endpoint a path of the service.

| metric | what it is | as in | on a quiet day |
|---|---|---|---|
| \`errors\` | Share of its requests that fail | \`9%\` | by kind; 0.2% of an api |
| \`latency\` | 95th percentile of its answers | \`420ms\` | by kind; 180ms of an api |
| \`traffic\` | Requests, as a multiple of the usual | \`1.5\` | 1 |
| \`cpu\`, \`mem\` | Used of a pod's limit | \`80%\` | by kind; 45% and 55% of an api |
| \`disk\`, \`disk_io\` | Filled; busy | \`92%\` | 38% and 6%; 52% and 28% of databases and storage |
| \`hit_ratio\` | Look-ups that find something | \`60%\` | 94% |
| \`up\` | Share of its pods that answer | \`0%\` | 100% |
| \`dns_errors\`, \`tls_errors\`, \`pkt_loss\` | Names, handshakes, packets that fail | \`5%\` | 0% |
| \`conns\` | Sessions of a database or cache | \`400\` | 35% of \`max_connections\`, else 24 |
| \`pool_avail\` | Free connections in the pool of a pod | \`2\` | what \`pool\` leaves |
| \`threads\` | Threads of a pod | \`180\` | 18; 64 on the JVM |
| \`fds\` | Open files and sockets of a pod, of 65,536 | \`9000\` | 140 |
| \`queue_depth\` | Messages that wait | \`40\` | 4 |
| \`queue_age\`, \`lag\` | Age of the oldest message; how far a replica is behind | \`12s\` | 300ms; 150ms |
| \`gc_pause\` | Longest pause of the garbage collector | \`800ms\` | 1ms; 14ms on the JVM |

Look at the preview after every step: the strip of *Nobody acts* shows the states, the dashed lines the metrics. Move along the
time axis and the chart lights the state that you are in.

## What can be seen

- Write the rule that ought to notice in \`rules.yaml\`, as you would for Prometheus; *What can be asked for* lists the metrics.
  \`for:\` is the time it stays pending; in the preview that is the hatched part. \`muster export <scenario> --promtool --out <folder>\`
  writes every series that your rules read, with its values.
- List under \`truth.alerts\` what fires when nobody acts, with a window a minute or two wide on both sides: other seeds stray.
- Logs and traces come by themselves. You write the lines of the fault (\`logs\`): with \`of_errors\` on the service whose
  \`errors\` the state moves, so that the line that people read is also the exception in the trace. A failing trace ends at that
  service, and lasts as long as \`latency\` and \`failing\` say: a line that speaks of ten seconds needs \`failing: slow\`, which
  hangs for ten to thirty.
- Play it once and look at *Dashboards* as a player would: a service that stands out there needs no diagnosis. Then it is too
  near to the cause, or its \`kind\` is wrong.
- A quiet day must stay quiet: \`muster prove\` plays the same system with nothing broken and wants no alert.
- At least two \`diagnostics\` must prove the \`cause\` or its \`trigger\`, from different places. The reference must win without any one
  of them: in \`ideal\` write \`when: evidence(a) or evidence(b)\`, never one alone.
- Diagnostics also tell the truth about what is innocent (\`proves: herring\`). Use \`{{metric …}}\` for numbers, so that they agree
  with the charts.

## What can be done

- One mitigation is \`effective\`, one or more \`ineffective\` or \`partial\`, one \`harmful\`. Harm must cost something: an effect that
  customers feel, or a \`harm\` that you declare (data, money, evidence, trust). The proof tries it beside the reference, from the
  declaration on: an effect that begins when the remedy is done already costs nothing.
- The description says what it does and not whether it helps. \`why\` is for the debrief.
- Injects are people who want something at a bad moment, and colleagues with confident advice. One asks (\`asks: true\`): it
  waits in somebody's inbox. What asks nothing stands in the channel.

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
  Inside \`{ }\` and \`[ ]\` a comma ends a text: \`{ note: "First, this" }\`.
- **The alert fires in the preview and \`prove\` says it does not**: it fires within the window at seed 1 only. Try *Another seed*.
- **The reference waits for ever**: a \`when\` asks for an alert that has another name, or for evidence that no step gathers.
- **Everybody wins, also who guesses**: the harmful way must be tempting, and the right one must not be first in the list.
- **The starter's runbook is left over**: rename its file, its \`id\` and the entry under \`runbooks:\` together, and \`truth.runbook\`.
- **A mitigation should end differently in one state**: leave \`to\` out of the mitigation and write \`on: { its_id: state }\` in that
  state; a state that only passes by needs a way on by itself.
- **A runbook of \`kind: procedures\`** lists what tools can do, in no order and for no alert: each step \`runs\` a mitigation, and some
  of them should not help. Its owners wrote it before the incident: it may not know the cause.
- **The novice loses to a runbook**: that is what \`defect: trap\` is for; say in \`defect_note\` why. The proof does not mind.
- **Nothing happens on the metric**: it belongs to a version that no pod runs, or a state in which all is well leaves it out.`;
