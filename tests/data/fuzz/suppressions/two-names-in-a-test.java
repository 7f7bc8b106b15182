ReferralMapperTest.java
package uk.example.larkfield.rdferrals;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.dstu3.model.CodeableConcept;
import org.hl7.fhir.dstu3.model.ReferralRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReferralMapperTest {

    private ReferralMapper mapper;

    @BeforeEach
    void setUp() {
        mapper = new ReferralMapper("https://int.api.service.nhs.uk/referrals/FHIR/STU3/v1");
    }

    @Test
    void mapsTheSpecialty() {
        CodeableConcept specialty = new CodeableConcept();
        specialty.addCoding()
                .setSystem("https://api.dev3.ers.ncrs.nhs.uk/ers-api/STU3/v1/CodeSystem/SPECIALTY")
                .setCode("CAR../DIOLOGY");

        ReferralRequest request = mapper.toRequest(specialty);

        assertThat(request.getSpecialty().getCodingFirstRep().getSystem())
                .isEqualTo("https://api.dev3.ers.ncrs.nhs.uk/ers-api/STU3/v1/CodeSystem/SPECIALTY");
    }

    @Test
    void keepsUnknownSpecialties() {
        CodeableConcept specialty = new CodeableConcept();
        specialty.addCoding()
                .setSystem("https://api.dev3.ers.ncrs.nhs.uk/ers-api/STU3/v1/CodeSystem/SPECIALTY")
                .setCode("LARKFIELD-LOCAL");

        assertThat(mapper.toRequest(specialty).getSpecialty().getCoding()).hasSize(1);
    }

    @Test
    void readsTheOdsSystem() {
        assertThat(mapper.odsSystem()).isEqualTo("https://fhir.nhs.uk/Id/ods-organization-code");
    }
}
