import { TASK_KINDS } from '../names.ts';
import type { Audience } from './occasions.ts';

/*
 * What no automated message may say (clinical reference 6.3), English and Spanish, in lower case without accents.
 * A word stands for everything that begins with it; `\b` at its end makes it whole.
 */
const NOBODY = [
  // the treatment
  'ketamin, esketamin, ketalar, spravato, kap\\b, infusion, infundi, psychedel, psicodel, hallucin, alucin, lozenge, troche',
  'intraven, iv\\b, inject, inyecci, nasal, dose, doses\\b, dosed\\b, dosing, dosis, dosific, mg\\b',
  // diagnoses
  'depress, depresi, anxi, ansie, ptsd\\b, tept\\b, ocd\\b, trauma, bipolar, psych, psicol, psiqu, psicot, psicos',
  'schizo, esquizo, disorder, trastorno, diagnos, mental, suicid, self-?harm, autolesi',
  // questionnaires and what they gave
  'phq, gad\\b, gad-?7, pcl\\b, pcl-?5, c-?ssrs, madrs, who-?5, audit-?c, dast, moaa, scor(e|es|ing)\\b, puntaje, puntuaci',
  // medicines, tests, substances
  'medication, medicine, medicament, medicina, drug, droga, farmac, prescri, receta, pills?\\b, pastilla, tablet, tableta',
  'benzodiaz, lithium, litio\\b, opioid, opiace, cannabis, marijuana, marihuana, cocain, alcohol, substance, sustancia',
  'pregnan, embaraz, urin, orina, lab results?, lab tests?, blood tests?, test results?, analisis, resultado',
  // money and notes
  'insurance, insurer, asegurador, seguro medico, claims?\\b, balance due, copay, copago, invoice, factura, saldo',
  'session notes?, notas de sesion',
];
const NOT_OUTSIDE = [
  'therap, terap, treatment, tratamiento, counsel, clearance, screening, sedat, sedaci, anesth, anest, integrat, integraci',
];
const NOT_CHAPERONE = ['patient, paciente, appointment, visit, cita\\b, citas\\b, consult, procedur, procedimiento'];

const anyOf = (lists: readonly string[]) =>
  new RegExp(`\\b(?:${lists.join(', ').split(', ').join('|')})[a-z0-9-]*`, 'g');

const FORBIDDEN: Readonly<Record<Audience, RegExp>> = {
  staff: anyOf(NOBODY),
  partner: anyOf([...NOBODY, ...NOT_OUTSIDE]),
  patient: anyOf([...NOBODY, ...NOT_OUTSIDE]),
  chaperone: anyOf([...NOBODY, ...NOT_OUTSIDE, ...NOT_CHAPERONE]),
};

/** The ids of tasks name their kind, some of which hold a word of the list; staff see kinds anyway. */
const KINDS = new RegExp([...TASK_KINDS].sort((a, b) => b.length - a.length).join('|'), 'g');

/** The words of a text that its audience must not read (reference 6.3), in lower case without accents; none is right. */
export const leaks = (text: string, audience: Audience): string[] => {
  const folded = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const seen = audience === 'staff' ? folded.replaceAll(KINDS, '') : folded;
  return [...new Set(seen.match(FORBIDDEN[audience]) ?? [])];
};
