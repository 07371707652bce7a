/** asl-validator 4.0.0 ships no declarations; this is the part of src/validator.ts that is used here. */
declare module 'asl-validator' {
  const validate: (definition: unknown) => {
    readonly isValid: boolean;
    readonly errors: readonly {
      readonly Message?: string;
      readonly message?: string;
      readonly instancePath?: string;
    }[];
  };
  export = validate;
}
