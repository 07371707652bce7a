import { evaluateGate } from '../../domain/gates/evaluate-gate.ts';
import type { Scene } from '../../domain/gates/scene.ts';
import type { GateKind } from '../../domain/names.ts';
import { countUp, type Desk } from './desk.ts';

/** Asks a gate and tells the timeline what it said. */
export const askGate = async (desk: Desk, gate: GateKind, scene: Scene) => {
  const asked = evaluateGate(gate, scene);
  const occurrence = await countUp(desk, desk.journey.id, `gate:${gate}`);
  desk.note(desk.journey.id, { kind: 'gate', gate, occurrence, result: asked.result, checks: [...asked.checks] });
  return { ...asked, occurrence };
};
