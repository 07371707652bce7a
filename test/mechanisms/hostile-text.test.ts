import { beforeAll, describe, expect, test } from 'vitest';
import { channelOrder } from '../../functions/domain/messages/channels.ts';
import { OCCASIONS } from '../../functions/domain/messages/occasions.ts';
import { renderMessage } from '../../functions/domain/messages/render.ts';
import { MESSAGE_KINDS } from '../../functions/domain/names.ts';
import { bundledData, libraryOf } from '../../functions/stores/bundled-library.ts';
import { shownLine } from '../../local/rehearsal/phrases.ts';
import { type Scene, sceneAt, type World, worldOf } from '../support/scenes.ts';

const HOSTILE: [what: string, text: string][] = [
  ['braces of a template', "{firstName} {count, plural, one {#} other {'{'}} '' {"],
  ['line ends and a header', 'Ana\r\nBcc: everybody@example.org\n\nSubject: x'],
  ['markup', '<script>alert(1)</script><img src=x onerror=y> &amp; "\''],
  ['control characters', 'a\u0000b\u0007c\u001b[31md\u007f'],
  ['signs beyond the basic plane', '👩‍⚕️ 𝒜𝓃𝒶 ñ é 漢字'],
  ['marks that turn the writing round', '\u202Eana\u202C \u2066x\u2069 عربي'],
  ['ten thousand characters', 'äö{}<\n'.repeat(1_700)],
  ['what looks like code', '$x $(rm -rf) `id` %s %n ../../etc __proto__ constructor'],
];

const library = libraryOf(bundledData());

describe.each(HOSTILE)('A text with %s', (_what, hostile) => {
  test('as somebody’s first name stands in each message as it is, and changes no subject and no other word', () => {
    const plain = 'Wilhelmina';
    for (const language of ['en', 'es'] as const)
      for (const kind of MESSAGE_KINDS) {
        if (OCCASIONS[kind].audience !== 'patient') continue;
        const reach = { kind, consents: { sms: true, email: true }, mobile: 'x', email: 'x', optedOut: false };
        for (const channel of channelOrder(reach)) {
          const written = (firstName: string) =>
            renderMessage({
              catalogue: library.catalogue(language),
              kind,
              to: 'patient',
              channel,
              language,
              values: {
                clinicName: 'Cedar Clinic',
                clinicPhone: '+12065550100',
                zone: 'America/Los_Angeles',
                firstName,
                startsAt: '2026-03-12T18:00:00.000Z',
                oldStartsAt: '2026-03-11T18:00:00.000Z',
                endsAt: '2026-03-12T19:00:00.000Z',
                place: 'Main Street 1',
                modality: 'in-person',
              },
            });
          const [usual, strange] = [written(plain), written(hostile)];
          expect(strange.text).toBe(usual.text.replaceAll(plain, () => hostile));
          expect(strange.subject).toBe(usual.subject);
        }
      }
  });

  test('is shown on one line, without a sign that could move it', () => {
    expect(shownLine(hostile)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
  });
});

describe('What people write', { timeout: 60_000 }, () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await sceneAt('the dose is to be recorded');
  });
  const inWorld = async (check: (world: World) => Promise<void>) => {
    const world = await worldOf(scene);
    await check(world);
    await world.close();
  };

  test.each(HOSTILE)(
    'with %s, as the reason of a command, is kept as it is, beside the outcome that it explains',
    (_what, reason) =>
      inWorld(async (world) => {
        const by = { role: 'patient', id: 'patient' } as const;
        const asked = {
          journeyId: world.journeyId,
          commandId: 'c',
          command: 'withdraw',
          by,
          reason,
          data: { note: reason },
        } as const;
        await expect(world.store().postCommand(asked)).resolves.toMatchObject({ accepted: true });
        expect((await world.read.journey())?.ending?.reason).toBe(reason);
        const said = (await world.read.entries()).at(-1);
        expect(said).toMatchObject({ kind: 'command', reason });
      }),
  );

  test.each(HOSTILE)('with %s, in the record of a dose, is kept there and goes nowhere else', (_what, note) =>
    inWorld(async (world) => {
      const task = (await world.read.tasks()).find(({ kind, state }) => kind === 'record-dose' && state === 'open');
      const answer = { answer: 'given', by: { role: 'nurse', id: 'nurse-1' }, reason: null, data: { note } } as const;
      const taskId = task?.id ?? '';
      await expect(world.store().decideTask({ journeyId: world.journeyId, taskId, ...answer })).resolves.toMatchObject({
        accepted: true,
      });
      expect((await world.read.task(taskId))?.data.note).toBe(note);
      const elsewhere = JSON.stringify([
        await world.read.outbox(),
        await world.read.entries(),
        await world.read.messages(),
      ]);
      expect(elsewhere).not.toContain(JSON.stringify(note).slice(1, -1));
    }),
  );
});
