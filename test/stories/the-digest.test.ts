import { describe, expect, test } from 'vitest';
import { tell } from '../support/story.ts';

type Story = Awaited<ReturnType<typeof tell>>;
const sent = (story: Story) => story.all('message', { message: 'digest', event: 'sent' });

describe('The daily digest', () => {
  test('comes by e-mail when somebody comes to work, and lists what they have to do and since when', async () => {
    const story = await tell({ people: [{ task: 'medical-clearance', after: 'P9D' }] });
    const [first, ...others] = sent(story);
    expect(first).toMatchObject({ person: 'provider-1', channel: 'email', to: 'staff', class: 'task' });
    expect(first?.local).toBe('2026-03-04 09:00 PST');
    expect(first?.text).toMatch(/^1 task is open\. None is overdue\.\n\nDue later:\n- .*\(j1x00001-t\d+\): /);
    const late = others.find(({ text }) => text?.includes('overdue;'));
    expect(late?.text).toContain('Overdue, since when:');
  });

  test('is one a day for each, on days on which they work, and none for who has nothing to do', async () => {
    const story = await tell({ people: [{ task: 'medical-clearance', after: 'P9D' }] });
    const days = sent(story).map(({ person, local }) => `${person} ${local.slice(0, 10)}`);
    expect(new Set(days).size).toBe(days.length);
    for (const { at } of sent(story)) expect([0, 6]).not.toContain(new Date(at).getUTCDay());
    const open = story.all('task', { event: 'opened' });
    for (const { at, person } of sent(story))
      expect(
        open.some((task) => task.at < at && task.role !== 'patient'),
        `${person} at ${at}`,
      ).toBe(true);
  });

  test('of the one whom the ladder reached holds what climbed to them', async () => {
    const story = await tell({
      people: [
        { task: 'book-pair', occurrence: 1, never: true },
        { task: 'book-pair', occurrence: 1, role: 'nurse', never: true },
        { task: 'book-pair', occurrence: 1, role: 'medical-director', after: 'P4D' },
      ],
    });
    expect(sent(story).map(({ person }) => person)).toContain('medical-director-1');
    expect(story.outcome).toBe('completed');
  });

  test('says nothing of the patient but the journey’s number', async () => {
    const story = await tell({ people: [{ task: 'medical-clearance', after: 'P9D' }] });
    for (const { text } of sent(story)) expect(text).not.toMatch(/Alex|ketamine|infusion|dose|depress|PHQ|\+1206/i);
  });
});
