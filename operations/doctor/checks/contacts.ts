import type { Clinic, Practitioner } from '../../../functions/domain/clinic/clinic.ts';
import { readEmail, readTelephone } from '../../../functions/domain/contact/address.ts';
import { type Check, unless } from '../finding.ts';

/** Numbers that no telephone has, for stories (NANP: 555-0100 to 555-0199 of any area). */
const FICTITIOUS = /^\+1\d{3}55501\d\d$/;
/** Domains that no mail reaches (RFC 2606). */
const NOWHERE = /(\.|@)(example|test|invalid|localhost)$|@example\.(com|net|org)$/i;

const phoneProblem = (phone: string): string | undefined => {
  if (readTelephone(phone) === undefined) return 'is no telephone number';
  return FICTITIOUS.test(phone) ? 'is a number for stories, which nobody answers' : undefined;
};

const emailProblem = (email: string): string | undefined => {
  if (readEmail(email) === undefined) return 'is no e-mail address';
  return NOWHERE.test(email) ? 'is an address for stories, which nobody reads' : undefined;
};

/** Pages go by text and e-mail at once, to whoever is on call, the backup and the medical director. */
const isPaged = ({ onCall }: Clinic, { id, roles }: Practitioner): boolean =>
  onCall.includes(id) || roles.includes('provider') || roles.includes('medical-director');

const waysOf = (clinic: Clinic, person: Practitioner): ('phone' | 'email')[] => {
  if (isPaged(clinic, person)) return ['phone', 'email'];
  return person.notifyBy === 'sms' ? ['phone'] : ['email'];
};

const personProblems = (clinic: Clinic, person: Practitioner): string[] => {
  const problems = (['phone', 'email'] as const).flatMap((way) => {
    const given = person[way];
    if (given === undefined)
      return waysOf(clinic, person).includes(way) ? [`${way} is missing, and they are told by it`] : [];
    const problem = way === 'phone' ? phoneProblem(given) : emailProblem(given);
    return problem === undefined ? [] : [`${way} ${problem}`];
  });
  return problems.length === 0 ? [] : [`clinic.practitioners ${person.id}: ${problems.join('; ')}`];
};

/** The clinic and everybody in it can be reached by what clinic.json says of them. */
export const contacts = (clinic: Clinic): Check => ({
  name: 'contacts',
  look: async () => {
    const own = phoneProblem(clinic.phone);
    const partners = clinic.partners.flatMap(({ id, email }) => {
      const problem = email === undefined ? 'is missing, and offers are sent to it' : emailProblem(email);
      return problem === undefined ? [] : [`clinic.partners ${id}: email ${problem}`];
    });
    return unless(
      [
        ...(own === undefined ? [] : [`clinic.phone ${own}`]),
        ...clinic.practitioners.flatMap((person) => personProblems(clinic, person)),
        ...partners,
      ],
      `${clinic.practitioners.length} people and ${clinic.partners.length} partners can be reached`,
    );
  },
});
