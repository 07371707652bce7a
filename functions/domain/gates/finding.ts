import type { Role } from '../names.ts';
import type { Scene } from './scene.ts';

/** What one check found, before anybody's override. */
export type Finding = {
  readonly result: 'pass' | 'hold' | 'block';
  /** Holds only because an answer is missing. */
  readonly missing?: true;
  /** Nobody may override this finding, though the check as such can be. */
  readonly final?: true;
  /** A person must act at this very moment: urgent suicidality or a medical emergency (reference 6.2). */
  readonly crisis?: true;
  /** Who decides on this finding, where that depends on the patient and not on the check. */
  readonly reviewers?: readonly Role[];
};

/** One named question to the scene. */
export type Check = (scene: Scene) => Finding;

export const PASS: Finding = { result: 'pass' };
export const HOLD: Finding = { result: 'hold' };
export const BLOCK: Finding = { result: 'block' };
/** An unanswered question is never a no: it waits for the answer (reference 0.3 rule 1). */
export const MISSING: Finding = { result: 'hold', missing: true };
/** A crisis is decided by its own pathway, never by an override of the gate. */
export const CRISIS: Finding = { result: 'block', final: true, crisis: true };

/** Passes if something is so. */
export const passIf = (isSo: boolean, otherwise: Finding): Finding => (isSo ? PASS : otherwise);

/** Passes if every answer is yes; one no decides, whatever is missing beside it. */
export const passIfAll = (answers: readonly (boolean | undefined)[], otherwise: Finding): Finding => {
  if (answers.includes(false)) return otherwise;
  return answers.includes(undefined) ? MISSING : PASS;
};
