/* SPDX-License-Identifier: MIT */
/* scs-telemetry-common.hpp of scs-sdk-plugin, revision 10. */
/* layout scs_telemetry: x86-windows x64-windows x64-linux x86-linux */
/* state WAITING: -DREVISION=9 */
#include "published.h"
#ifndef REVISION
#define REVISION 10
#endif

struct scsTrailer {
    struct {
        bool wheelSteerable[16];
        bool wheelSimulated[16];
        bool wheelPowered[16];
        bool wheelLiftable[16];
    } con_b;
    struct {
        bool wheelOnGround[16];
        bool attached;
    } com_b;
    char buffer_b[3];
    struct {
        u32 wheelSubstance[16];
    } com_ui;
    struct {
        u32 wheelCount;
    } con_ui;
    struct {
        float cargoDamage;
        float wearChassis;
        float wearWheels;
        float wheelSuspDeflection[16];
        float wheelVelocity[16];
        float wheelSteering[16];
        float wheelRotation[16];
        float wheelLift[16];
        float wheelLiftOffset[16];
    } com_f;
    struct {
        float wheelRadius[16];
    } con_f;
    struct {
        float linearVelocityX;
        float linearVelocityY;
        float linearVelocityZ;
        float angularVelocityX;
        float angularVelocityY;
        float angularVelocityZ;
        float linearAccelerationX;
        float linearAccelerationY;
        float linearAccelerationZ;
        float angularAccelerationX;
        float angularAccelerationY;
        float angularAccelerationZ;
    } com_fv;
    struct {
        float hookPositionX;
        float hookPositionY;
        float hookPositionZ;
        float wheelPositionX[16];
        float wheelPositionY[16];
        float wheelPositionZ[16];
    } con_fv;
    struct {
        double worldX;
        double worldY;
        double worldZ;
        double rotationX;
        double rotationY;
        double rotationZ;
    } com_dp;
    struct {
        char id[64];
        char cargoAcessoryId[64];
        char bodyType[64];
        char brandId[64];
        char brand[64];
        char name[64];
        char chainType[64];
        char licensePlate[64];
        char licensePlateCountry[64];
        char licensePlateCountryId[64];
    } con_s;
};
struct scsTelemetryMap {
    bool sdkActive;
    char placeHolder[3];
    bool paused;
    char placeHolder2[3];
    u64 time;
    u64 simulatedTime;
    u64 renderTime;
    char buffer[8];
    struct {
        u32 telemetry_plugin_revision;
        u32 version_major;
        u32 version_minor;
        u32 game;
        u32 telemetry_version_game_major;
        u32 telemetry_version_game_minor;
    } scs_values;
    struct {
        u32 time_abs;
    } common_ui;
    struct {
        u32 gears;
        u32 gears_reverse;
        u32 retarderStepCount;
        u32 truckWheelCount;
        u32 selectorCount;
        u32 time_abs_delivery;
        u32 maxTrailerCount;
        u32 unitCount;
        u32 plannedDistanceKm;
    } config_ui;
    struct {
        u32 shifterSlot;
        u32 retarderBrake;
        u32 lightsAuxFront;
        u32 lightsAuxRoof;
        u32 truck_wheelSubstance[16];
        u32 hshifterPosition[32];
        u32 hshifterBitmask[32];
    } truck_ui;
    struct {
        u32 jobDeliveredDeliveryTime;
        u32 jobStartingTime;
        u32 jobFinishedTime;
    } gameplay_ui;
    char buffer_ui[48];
    struct {
        int restStop;
    } common_i;
    struct {
        int gear;
        int gearDashboard;
        int hshifterResulting[32];
    } truck_i;
    struct {
        int jobDeliveredEarnedXp;
    } gameplay_i;
    char buffer_i[56];
    struct {
        float scale;
    } common_f;
    struct {
        float fuelCapacity;
        float fuelWarningFactor;
        float adblueCapacity;
        float adblueWarningFactor;
        float airPressureWarning;
        float airPressurEmergency;
        float oilPressureWarning;
        float waterTemperatureWarning;
        float batteryVoltageWarning;
        float engineRpmMax;
        float gearDifferential;
        float cargoMass;
        float truckWheelRadius[16];
        float gearRatiosForward[24];
        float gearRatiosReverse[8];
        float unitMass;
    } config_f;
    struct {
        float speed;
        float engineRpm;
        float userSteer;
        float userThrottle;
        float userBrake;
        float userClutch;
        float gameSteer;
        float gameThrottle;
        float gameBrake;
        float gameClutch;
        float cruiseControlSpeed;
        float airPressure;
        float brakeTemperature;
        float fuel;
        float fuelAvgConsumption;
        float fuelRange;
        float adblue;
        float oilPressure;
        float oilTemperature;
        float waterTemperature;
        float batteryVoltage;
        float lightsDashboard;
        float wearEngine;
        float wearTransmission;
        float wearCabin;
        float wearChassis;
        float wearWheels;
        float truckOdometer;
        float routeDistance;
        float routeTime;
        float speedLimit;
        float truck_wheelSuspDeflection[16];
        float truck_wheelVelocity[16];
        float truck_wheelSteering[16];
        float truck_wheelRotation[16];
        float truck_wheelLift[16];
        float truck_wheelLiftOffset[16];
    } truck_f;
    struct {
        float jobDeliveredCargoDamage;
        float jobDeliveredDistanceKm;
        float refuelAmount;
    } gameplay_f;
    struct {
        float cargoDamage;
    } job_f;
    char buffer_f[28];
    struct {
        bool truckWheelSteerable[16];
        bool truckWheelSimulated[16];
        bool truckWheelPowered[16];
        bool truckWheelLiftable[16];
        bool isCargoLoaded;
        bool specialJob;
    } config_b;
    struct {
        bool parkBrake;
        bool motorBrake;
        bool airPressureWarning;
        bool airPressureEmergency;
        bool fuelWarning;
        bool adblueWarning;
        bool oilPressureWarning;
        bool waterTemperatureWarning;
        bool batteryVoltageWarning;
        bool electricEnabled;
        bool engineEnabled;
        bool wipers;
        bool blinkerLeftActive;
        bool blinkerRightActive;
        bool blinkerLeftOn;
        bool blinkerRightOn;
        bool lightsParking;
        bool lightsBeamLow;
        bool lightsBeamHigh;
        bool lightsBeacon;
        bool lightsBrake;
        bool lightsReverse;
        bool cruiseControl;
        bool truck_wheelOnGround[16];
        bool shifterToggle[2];
    } truck_b;
    struct {
        bool jobDeliveredAutoparkUsed;
        bool jobDeliveredAutoloadUsed;
    } gameplay_b;
    char buffer_b[31];
    struct {
        float cabinPositionX;
        float cabinPositionY;
        float cabinPositionZ;
        float headPositionX;
        float headPositionY;
        float headPositionZ;
        float truckHookPositionX;
        float truckHookPositionY;
        float truckHookPositionZ;
        float truckWheelPositionX[16];
        float truckWheelPositionY[16];
        float truckWheelPositionZ[16];
    } config_fv;
    struct {
        float lv_accelerationX;
        float lv_accelerationY;
        float lv_accelerationZ;
        float av_accelerationX;
        float av_accelerationY;
        float av_accelerationZ;
        float accelerationX;
        float accelerationY;
        float accelerationZ;
        float aa_accelerationX;
        float aa_accelerationY;
        float aa_accelerationZ;
        float cabinAVX;
        float cabinAVY;
        float cabinAVZ;
        float cabinAAX;
        float cabinAAY;
        float cabinAAZ;
    } truck_fv;
    char buffer_fv[60];
    struct {
        float cabinOffsetX;
        float cabinOffsetY;
        float cabinOffsetZ;
        float cabinOffsetrotationX;
        float cabinOffsetrotationY;
        float cabinOffsetrotationZ;
        float headOffsetX;
        float headOffsetY;
        float headOffsetZ;
        float headOffsetrotationX;
        float headOffsetrotationY;
        float headOffsetrotationZ;
    } truck_fp;
    char buffer_fp[152];
    struct {
        double coordinateX;
        double coordinateY;
        double coordinateZ;
        double rotationX;
        double rotationY;
        double rotationZ;
    } truck_dp;
    char buffer_dp[52];
    struct {
        char truckBrandId[64];
        char truckBrand[64];
        char truckId[64];
        char truckName[64];
        char cargoId[64];
        char cargo[64];
        char cityDstId[64];
        char cityDst[64];
        char compDstId[64];
        char compDst[64];
        char citySrcId[64];
        char citySrc[64];
        char compSrcId[64];
        char compSrc[64];
        char shifterType[16];
        char truckLicensePlate[64];
        char truckLicensePlateCountryId[64];
        char truckLicensePlateCountry[64];
        char jobMarket[32];
    } config_s;
    struct {
        char fineOffence[32];
        char ferrySourceName[64];
        char ferryTargetName[64];
        char ferrySourceId[64];
        char ferryTargetId[64];
        char trainSourceName[64];
        char trainTargetName[64];
        char trainSourceId[64];
        char trainTargetId[64];
    } gameplay_s;
    char buffer_s[20];
    struct {
        u64 jobIncome;
    } config_ull;
    char buffer_ull[192];
    struct {
        i64 jobCancelledPenalty;
        i64 jobDeliveredRevenue;
        i64 fineAmount;
        i64 tollgatePayAmount;
        i64 ferryPayAmount;
        i64 trainPayAmount;
    } gameplay_ll;
    char buffer_ll[52];
    struct {
        bool onJob;
        bool jobFinished;
        bool jobCancelled;
        bool jobDelivered;
        bool fined;
        bool tollgate;
        bool ferry;
        bool train;
        bool refuel;
        bool refuelPayed;
    } special_b;
    char buffer_special[90];
    struct {
        char substance[25][64];
    } substances;
    struct {
        struct scsTrailer trailer[10];
    } trailer;
};
PUBLISHED(struct scsTrailer, 1552);
_Static_assert(OFFSET(struct scsTelemetryMap, trailer) == 6000, "the last zone");

MAPPING struct scsTelemetryMap map = {
    .sdkActive = 1, /* = sdk_active */
    .paused = 1, /* = paused */
    .time = 5000000006, /* = time */
    .simulatedTime = 5000000008, /* = simulated_time */
    .renderTime = 5000000010, /* = render_time */
    .scs_values.telemetry_plugin_revision = REVISION,
    /* = plugin_revision : 10 */
    .scs_values.version_major = 70012, /* = version_major */
    .scs_values.version_minor = 70014, /* = version_minor */
    .scs_values.game = 70016, /* = game */
    .scs_values.telemetry_version_game_major = 70018, /* = telemetry_major */
    .scs_values.telemetry_version_game_minor = 70020, /* = telemetry_minor */
    .common_ui.time_abs = 70022, /* = game_time */
    .config_ui.gears = 70024, /* = gears */
    .config_ui.gears_reverse = 70026, /* = gears_reverse */
    .config_ui.retarderStepCount = 70028, /* = retarder_steps */
    .config_ui.truckWheelCount = 70030, /* = wheel_count */
    .config_ui.selectorCount = 70032, /* = selector_count */
    .config_ui.time_abs_delivery = 70034, /* = delivery_time */
    .config_ui.maxTrailerCount = 70036, /* = max_trailers */
    .config_ui.unitCount = 70038, /* = cargo_units */
    .config_ui.plannedDistanceKm = 70040, /* = planned_distance */
    .truck_ui.shifterSlot = 70042, /* = shifter_slot */
    .truck_ui.retarderBrake = 70044, /* = retarder */
    .truck_ui.lightsAuxFront = 70046, /* = lights_aux_front */
    .truck_ui.lightsAuxRoof = 70048, /* = lights_aux_roof */
    .truck_ui.truck_wheelSubstance = {70050, 70051, 70052, 70053, 70054, 70055, 70056, 70057, 70058, 70059, 70060, 70061, 70062, 70063, 70064, 70065}, /* = wheel_substance */
    .gameplay_ui.jobDeliveredDeliveryTime = 70067, /* = delivered_time */
    .gameplay_ui.jobStartingTime = 70069, /* = job_started */
    .gameplay_ui.jobFinishedTime = 70071, /* = job_finished_time */
    .common_i.restStop = -73, /* = rest_stop */
    .truck_i.gear = -75, /* = gear */
    .truck_i.gearDashboard = -77, /* = gear_dashboard */
    .gameplay_i.jobDeliveredEarnedXp = -79, /* = earned_xp */
    .common_f.scale = 81.25f, /* = map_scale */
    .config_f.fuelCapacity = 83.25f, /* = fuel_capacity */
    .config_f.fuelWarningFactor = 85.25f, /* = fuel_warning_factor */
    .config_f.adblueCapacity = 87.25f, /* = adblue_capacity */
    .config_f.adblueWarningFactor = 89.25f, /* = adblue_warning_factor */
    .config_f.airPressureWarning = 91.25f, /* = air_pressure_warning */
    .config_f.airPressurEmergency = 93.25f, /* = air_pressure_emergency */
    .config_f.oilPressureWarning = 95.25f, /* = oil_pressure_warning */
    .config_f.waterTemperatureWarning = 97.25f, /* = water_temp_warning */
    .config_f.batteryVoltageWarning = 99.25f, /* = battery_warning */
    .config_f.engineRpmMax = 101.25f, /* = engine_rpm_max */
    .config_f.gearDifferential = 103.25f, /* = gear_differential */
    .config_f.cargoMass = 105.25f, /* = cargo_mass */
    .config_f.truckWheelRadius = {107.25f, 108.25f, 109.25f, 110.25f, 111.25f, 112.25f, 113.25f, 114.25f, 115.25f, 116.25f, 117.25f, 118.25f, 119.25f, 120.25f, 121.25f, 122.25f}, /* = wheel_radius */
    .config_f.gearRatiosForward = {124.25f, 125.25f, 126.25f, 127.25f, 128.25f, 129.25f, 130.25f, 131.25f, 132.25f, 133.25f, 134.25f, 135.25f, 136.25f, 137.25f, 138.25f, 139.25f, 140.25f, 141.25f, 142.25f, 143.25f, 144.25f, 145.25f, 146.25f, 147.25f}, /* = gear_ratios_forward */
    .config_f.gearRatiosReverse = {149.25f, 150.25f, 151.25f, 152.25f, 153.25f, 154.25f, 155.25f, 156.25f}, /* = gear_ratios_reverse */
    .config_f.unitMass = 158.25f, /* = unit_mass */
    .truck_f.speed = 160.25f, /* = speed */
    .truck_f.engineRpm = 162.25f, /* = engine_rpm */
    .truck_f.userSteer = 164.25f, /* = user_steer */
    .truck_f.userThrottle = 166.25f, /* = user_throttle */
    .truck_f.userBrake = 168.25f, /* = user_brake */
    .truck_f.userClutch = 170.25f, /* = user_clutch */
    .truck_f.gameSteer = 172.25f, /* = game_steer */
    .truck_f.gameThrottle = 174.25f, /* = game_throttle */
    .truck_f.gameBrake = 176.25f, /* = game_brake */
    .truck_f.gameClutch = 178.25f, /* = game_clutch */
    .truck_f.cruiseControlSpeed = 180.25f, /* = cruise_speed */
    .truck_f.airPressure = 182.25f, /* = air_pressure */
    .truck_f.brakeTemperature = 184.25f, /* = brake_temp */
    .truck_f.fuel = 186.25f, /* = fuel */
    .truck_f.fuelAvgConsumption = 188.25f, /* = fuel_consumption */
    .truck_f.fuelRange = 190.25f, /* = fuel_range */
    .truck_f.adblue = 192.25f, /* = adblue */
    .truck_f.oilPressure = 194.25f, /* = oil_pressure */
    .truck_f.oilTemperature = 196.25f, /* = oil_temp */
    .truck_f.waterTemperature = 198.25f, /* = water_temp */
    .truck_f.batteryVoltage = 200.25f, /* = battery_voltage */
    .truck_f.lightsDashboard = 202.25f, /* = lights_dashboard */
    .truck_f.wearEngine = 204.25f, /* = wear_engine */
    .truck_f.wearTransmission = 206.25f, /* = wear_transmission */
    .truck_f.wearCabin = 208.25f, /* = wear_cabin */
    .truck_f.wearChassis = 210.25f, /* = wear_chassis */
    .truck_f.wearWheels = 212.25f, /* = wear_wheels */
    .truck_f.truckOdometer = 214.25f, /* = odometer */
    .truck_f.routeDistance = 216.25f, /* = route_distance */
    .truck_f.routeTime = 218.25f, /* = route_time */
    .truck_f.speedLimit = 220.25f, /* = speed_limit */
    .job_f.cargoDamage = 222.25f, /* = cargo_damage */
    .gameplay_f.refuelAmount = 224.25f, /* = refuel_amount */
    .config_b.isCargoLoaded = 1, /* = cargo_loaded */
    .config_b.specialJob = 0, /* = special_job */
    .truck_b.parkBrake = 1, /* = park_brake */
    .truck_b.motorBrake = 1, /* = motor_brake */
    .truck_b.airPressureWarning = 0, /* = warn_air_pressure */
    .truck_b.airPressureEmergency = 1, /* = warn_air_emergency */
    .truck_b.fuelWarning = 1, /* = warn_fuel */
    .truck_b.adblueWarning = 0, /* = warn_adblue */
    .truck_b.oilPressureWarning = 1, /* = warn_oil_pressure */
    .truck_b.waterTemperatureWarning = 1, /* = warn_water_temp */
    .truck_b.batteryVoltageWarning = 0, /* = warn_battery */
    .truck_b.electricEnabled = 1, /* = electric_on */
    .truck_b.engineEnabled = 1, /* = engine_on */
    .truck_b.wipers = 0, /* = wipers */
    .truck_b.blinkerLeftActive = 1, /* = blinker_left_active */
    .truck_b.blinkerRightActive = 1, /* = blinker_right_active */
    .truck_b.blinkerLeftOn = 0, /* = blinker_left */
    .truck_b.blinkerRightOn = 1, /* = blinker_right */
    .truck_b.lightsParking = 1, /* = lights_parking */
    .truck_b.lightsBeamLow = 0, /* = lights_low */
    .truck_b.lightsBeamHigh = 1, /* = lights_high */
    .truck_b.lightsBeacon = 1, /* = lights_beacon */
    .truck_b.lightsBrake = 0, /* = lights_brake */
    .truck_b.lightsReverse = 1, /* = lights_reverse */
    .truck_b.cruiseControl = 1, /* = cruise_control */
    .truck_b.truck_wheelOnGround = {0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0}, /* = wheel_on_ground */
    .truck_fv.accelerationX = 297.25f, /* = acceleration[0] */
    .truck_fv.accelerationY = 299.25f, /* = acceleration[1] */
    .truck_fv.accelerationZ = 301.25f, /* = acceleration[2] */
    .truck_dp.coordinateX = 307.125, /* = position[0] */
    .truck_dp.coordinateY = 309.125, /* = position[1] */
    .truck_dp.coordinateZ = 311.125, /* = position[2] */
    .truck_dp.rotationX = 317.125, /* = rotation[0] */
    .truck_dp.rotationY = 319.125, /* = rotation[1] */
    .truck_dp.rotationZ = 321.125, /* = rotation[2] */
    .config_s.truckBrandId = "truck_ 322", /* = truck_brand_id */
    .config_s.truckBrand = "truck_ 323", /* = truck_brand */
    .config_s.truckId = "truck_ 324", /* = truck_id */
    .config_s.truckName = "truck_ 325", /* = truck_name */
    .config_s.cargoId = "cargo_ 326", /* = cargo_id */
    .config_s.cargo = "cargo 327", /* = cargo */
    .config_s.cityDstId = "destin 328", /* = destination_id */
    .config_s.cityDst = "destin 329", /* = destination */
    .config_s.compDst = "destin 330", /* = destination_company */
    .config_s.citySrc = "source 331", /* = source */
    .config_s.compSrc = "source 332", /* = source_company */
    .config_s.shifterType = "shifte 333", /* = shifter_type */
    .config_s.truckLicensePlate = "licens 334", /* = license_plate */
    .config_s.truckLicensePlateCountry = "licens 335", /* = license_country */
    .config_s.jobMarket = "job_ma 336", /* = job_market */
    .gameplay_s.fineOffence = "fine_o 337", /* = fine_offence */
    .config_ull.jobIncome = 5000000339, /* = job_income */
    .gameplay_ll.jobCancelledPenalty = -6000000341, /* = cancelled_penalty */
    .gameplay_ll.jobDeliveredRevenue = -6000000343, /* = delivered_revenue */
    .gameplay_ll.fineAmount = -6000000345, /* = fine_amount */
    .gameplay_ll.tollgatePayAmount = -6000000347, /* = tollgate_amount */
    .gameplay_ll.ferryPayAmount = -6000000349, /* = ferry_amount */
    .gameplay_ll.trainPayAmount = -6000000351, /* = train_amount */
    .special_b.onJob = 1, /* = on_job */
    .special_b.jobFinished = 1, /* = job_finished */
    .special_b.jobCancelled = 0, /* = job_cancelled */
    .special_b.jobDelivered = 1, /* = job_delivered */
    .special_b.fined = 1, /* = fined */
    .special_b.tollgate = 0, /* = tollgate */
    .special_b.ferry = 1, /* = ferry */
    .special_b.train = 1, /* = train */
    .special_b.refuel = 0, /* = refuel */
    .special_b.refuelPayed = 1, /* = refuel_paid */
    .substances.substance = {"substance 373", "substance 374", "substance 375", "substance 376", "substance 377", "substance 378", "substance 379", "substance 380", "substance 381", "substance 382", "substance 383", "substance 384", "substance 385", "substance 386", "substance 387", "substance 388", "substance 389", "substance 390", "substance 391", "substance 392", "substance 393", "substance 394", "substance 395", "substance 396", "substance 397"}, /* = substances */
    .trailer.trailer[0].com_b.attached = 0, /* = trailers[0].attached */
    .trailer.trailer[0].con_ui.wheelCount = 70401, /* = trailers[0].wheel_count */
    .trailer.trailer[0].com_f.cargoDamage = 403.25f, /* = trailers[0].cargo_damage */
    .trailer.trailer[0].com_f.wearChassis = 405.25f, /* = trailers[0].wear_chassis */
    .trailer.trailer[0].com_f.wearWheels = 407.25f, /* = trailers[0].wear_wheels */
    .trailer.trailer[0].com_dp.worldX = 413.125, /* = trailers[0].position[0] */
    .trailer.trailer[0].com_dp.worldY = 415.125, /* = trailers[0].position[1] */
    .trailer.trailer[0].com_dp.worldZ = 417.125, /* = trailers[0].position[2] */
    .trailer.trailer[0].con_s.id = "id 418", /* = trailers[0].id */
    .trailer.trailer[0].con_s.bodyType = "body_t 419", /* = trailers[0].body_type */
    .trailer.trailer[0].con_s.brand = "brand 420", /* = trailers[0].brand */
    .trailer.trailer[0].con_s.name = "name 421", /* = trailers[0].name */
    .trailer.trailer[0].con_s.licensePlate = "licens 422", /* = trailers[0].license_plate */
    .trailer.trailer[1].com_b.attached = 1, /* = trailers[1].attached */
    .trailer.trailer[1].con_ui.wheelCount = 70426, /* = trailers[1].wheel_count */
    .trailer.trailer[1].com_f.cargoDamage = 428.25f, /* = trailers[1].cargo_damage */
    .trailer.trailer[1].com_f.wearChassis = 430.25f, /* = trailers[1].wear_chassis */
    .trailer.trailer[1].com_f.wearWheels = 432.25f, /* = trailers[1].wear_wheels */
    .trailer.trailer[1].com_dp.worldX = 438.125, /* = trailers[1].position[0] */
    .trailer.trailer[1].com_dp.worldY = 440.125, /* = trailers[1].position[1] */
    .trailer.trailer[1].com_dp.worldZ = 442.125, /* = trailers[1].position[2] */
    .trailer.trailer[1].con_s.id = "id 443", /* = trailers[1].id */
    .trailer.trailer[1].con_s.bodyType = "body_t 444", /* = trailers[1].body_type */
    .trailer.trailer[1].con_s.brand = "brand 445", /* = trailers[1].brand */
    .trailer.trailer[1].con_s.name = "name 446", /* = trailers[1].name */
    .trailer.trailer[1].con_s.licensePlate = "licens 447", /* = trailers[1].license_plate */
    .trailer.trailer[2].com_b.attached = 1, /* = trailers[2].attached */
    .trailer.trailer[2].con_ui.wheelCount = 70451, /* = trailers[2].wheel_count */
    .trailer.trailer[2].com_f.cargoDamage = 453.25f, /* = trailers[2].cargo_damage */
    .trailer.trailer[2].com_f.wearChassis = 455.25f, /* = trailers[2].wear_chassis */
    .trailer.trailer[2].com_f.wearWheels = 457.25f, /* = trailers[2].wear_wheels */
    .trailer.trailer[2].com_dp.worldX = 463.125, /* = trailers[2].position[0] */
    .trailer.trailer[2].com_dp.worldY = 465.125, /* = trailers[2].position[1] */
    .trailer.trailer[2].com_dp.worldZ = 467.125, /* = trailers[2].position[2] */
    .trailer.trailer[2].con_s.id = "id 468", /* = trailers[2].id */
    .trailer.trailer[2].con_s.bodyType = "body_t 469", /* = trailers[2].body_type */
    .trailer.trailer[2].con_s.brand = "brand 470", /* = trailers[2].brand */
    .trailer.trailer[2].con_s.name = "name 471", /* = trailers[2].name */
    .trailer.trailer[2].con_s.licensePlate = "licens 472", /* = trailers[2].license_plate */
    .trailer.trailer[3].com_b.attached = 0, /* = trailers[3].attached */
    .trailer.trailer[3].con_ui.wheelCount = 70476, /* = trailers[3].wheel_count */
    .trailer.trailer[3].com_f.cargoDamage = 478.25f, /* = trailers[3].cargo_damage */
    .trailer.trailer[3].com_f.wearChassis = 480.25f, /* = trailers[3].wear_chassis */
    .trailer.trailer[3].com_f.wearWheels = 482.25f, /* = trailers[3].wear_wheels */
    .trailer.trailer[3].com_dp.worldX = 488.125, /* = trailers[3].position[0] */
    .trailer.trailer[3].com_dp.worldY = 490.125, /* = trailers[3].position[1] */
    .trailer.trailer[3].com_dp.worldZ = 492.125, /* = trailers[3].position[2] */
    .trailer.trailer[3].con_s.id = "id 493", /* = trailers[3].id */
    .trailer.trailer[3].con_s.bodyType = "body_t 494", /* = trailers[3].body_type */
    .trailer.trailer[3].con_s.brand = "brand 495", /* = trailers[3].brand */
    .trailer.trailer[3].con_s.name = "name 496", /* = trailers[3].name */
    .trailer.trailer[3].con_s.licensePlate = "licens 497", /* = trailers[3].license_plate */
    .trailer.trailer[4].com_b.attached = 1, /* = trailers[4].attached */
    .trailer.trailer[4].con_ui.wheelCount = 70501, /* = trailers[4].wheel_count */
    .trailer.trailer[4].com_f.cargoDamage = 503.25f, /* = trailers[4].cargo_damage */
    .trailer.trailer[4].com_f.wearChassis = 505.25f, /* = trailers[4].wear_chassis */
    .trailer.trailer[4].com_f.wearWheels = 507.25f, /* = trailers[4].wear_wheels */
    .trailer.trailer[4].com_dp.worldX = 513.125, /* = trailers[4].position[0] */
    .trailer.trailer[4].com_dp.worldY = 515.125, /* = trailers[4].position[1] */
    .trailer.trailer[4].com_dp.worldZ = 517.125, /* = trailers[4].position[2] */
    .trailer.trailer[4].con_s.id = "id 518", /* = trailers[4].id */
    .trailer.trailer[4].con_s.bodyType = "body_t 519", /* = trailers[4].body_type */
    .trailer.trailer[4].con_s.brand = "brand 520", /* = trailers[4].brand */
    .trailer.trailer[4].con_s.name = "name 521", /* = trailers[4].name */
    .trailer.trailer[4].con_s.licensePlate = "licens 522", /* = trailers[4].license_plate */
    .trailer.trailer[5].com_b.attached = 1, /* = trailers[5].attached */
    .trailer.trailer[5].con_ui.wheelCount = 70526, /* = trailers[5].wheel_count */
    .trailer.trailer[5].com_f.cargoDamage = 528.25f, /* = trailers[5].cargo_damage */
    .trailer.trailer[5].com_f.wearChassis = 530.25f, /* = trailers[5].wear_chassis */
    .trailer.trailer[5].com_f.wearWheels = 532.25f, /* = trailers[5].wear_wheels */
    .trailer.trailer[5].com_dp.worldX = 538.125, /* = trailers[5].position[0] */
    .trailer.trailer[5].com_dp.worldY = 540.125, /* = trailers[5].position[1] */
    .trailer.trailer[5].com_dp.worldZ = 542.125, /* = trailers[5].position[2] */
    .trailer.trailer[5].con_s.id = "id 543", /* = trailers[5].id */
    .trailer.trailer[5].con_s.bodyType = "body_t 544", /* = trailers[5].body_type */
    .trailer.trailer[5].con_s.brand = "brand 545", /* = trailers[5].brand */
    .trailer.trailer[5].con_s.name = "name 546", /* = trailers[5].name */
    .trailer.trailer[5].con_s.licensePlate = "licens 547", /* = trailers[5].license_plate */
    .trailer.trailer[6].com_b.attached = 0, /* = trailers[6].attached */
    .trailer.trailer[6].con_ui.wheelCount = 70551, /* = trailers[6].wheel_count */
    .trailer.trailer[6].com_f.cargoDamage = 553.25f, /* = trailers[6].cargo_damage */
    .trailer.trailer[6].com_f.wearChassis = 555.25f, /* = trailers[6].wear_chassis */
    .trailer.trailer[6].com_f.wearWheels = 557.25f, /* = trailers[6].wear_wheels */
    .trailer.trailer[6].com_dp.worldX = 563.125, /* = trailers[6].position[0] */
    .trailer.trailer[6].com_dp.worldY = 565.125, /* = trailers[6].position[1] */
    .trailer.trailer[6].com_dp.worldZ = 567.125, /* = trailers[6].position[2] */
    .trailer.trailer[6].con_s.id = "id 568", /* = trailers[6].id */
    .trailer.trailer[6].con_s.bodyType = "body_t 569", /* = trailers[6].body_type */
    .trailer.trailer[6].con_s.brand = "brand 570", /* = trailers[6].brand */
    .trailer.trailer[6].con_s.name = "name 571", /* = trailers[6].name */
    .trailer.trailer[6].con_s.licensePlate = "licens 572", /* = trailers[6].license_plate */
    .trailer.trailer[7].com_b.attached = 1, /* = trailers[7].attached */
    .trailer.trailer[7].con_ui.wheelCount = 70576, /* = trailers[7].wheel_count */
    .trailer.trailer[7].com_f.cargoDamage = 578.25f, /* = trailers[7].cargo_damage */
    .trailer.trailer[7].com_f.wearChassis = 580.25f, /* = trailers[7].wear_chassis */
    .trailer.trailer[7].com_f.wearWheels = 582.25f, /* = trailers[7].wear_wheels */
    .trailer.trailer[7].com_dp.worldX = 588.125, /* = trailers[7].position[0] */
    .trailer.trailer[7].com_dp.worldY = 590.125, /* = trailers[7].position[1] */
    .trailer.trailer[7].com_dp.worldZ = 592.125, /* = trailers[7].position[2] */
    .trailer.trailer[7].con_s.id = "id 593", /* = trailers[7].id */
    .trailer.trailer[7].con_s.bodyType = "body_t 594", /* = trailers[7].body_type */
    .trailer.trailer[7].con_s.brand = "brand 595", /* = trailers[7].brand */
    .trailer.trailer[7].con_s.name = "name 596", /* = trailers[7].name */
    .trailer.trailer[7].con_s.licensePlate = "licens 597", /* = trailers[7].license_plate */
    .trailer.trailer[8].com_b.attached = 1, /* = trailers[8].attached */
    .trailer.trailer[8].con_ui.wheelCount = 70601, /* = trailers[8].wheel_count */
    .trailer.trailer[8].com_f.cargoDamage = 603.25f, /* = trailers[8].cargo_damage */
    .trailer.trailer[8].com_f.wearChassis = 605.25f, /* = trailers[8].wear_chassis */
    .trailer.trailer[8].com_f.wearWheels = 607.25f, /* = trailers[8].wear_wheels */
    .trailer.trailer[8].com_dp.worldX = 613.125, /* = trailers[8].position[0] */
    .trailer.trailer[8].com_dp.worldY = 615.125, /* = trailers[8].position[1] */
    .trailer.trailer[8].com_dp.worldZ = 617.125, /* = trailers[8].position[2] */
    .trailer.trailer[8].con_s.id = "id 618", /* = trailers[8].id */
    .trailer.trailer[8].con_s.bodyType = "body_t 619", /* = trailers[8].body_type */
    .trailer.trailer[8].con_s.brand = "brand 620", /* = trailers[8].brand */
    .trailer.trailer[8].con_s.name = "name 621", /* = trailers[8].name */
    .trailer.trailer[8].con_s.licensePlate = "licens 622", /* = trailers[8].license_plate */
    .trailer.trailer[9].com_b.attached = 0, /* = trailers[9].attached */
    .trailer.trailer[9].con_ui.wheelCount = 70626, /* = trailers[9].wheel_count */
    .trailer.trailer[9].com_f.cargoDamage = 628.25f, /* = trailers[9].cargo_damage */
    .trailer.trailer[9].com_f.wearChassis = 630.25f, /* = trailers[9].wear_chassis */
    .trailer.trailer[9].com_f.wearWheels = 632.25f, /* = trailers[9].wear_wheels */
    .trailer.trailer[9].com_dp.worldX = 638.125, /* = trailers[9].position[0] */
    .trailer.trailer[9].com_dp.worldY = 640.125, /* = trailers[9].position[1] */
    .trailer.trailer[9].com_dp.worldZ = 642.125, /* = trailers[9].position[2] */
    .trailer.trailer[9].con_s.id = "id 643", /* = trailers[9].id */
    .trailer.trailer[9].con_s.bodyType = "body_t 644", /* = trailers[9].body_type */
    .trailer.trailer[9].con_s.brand = "brand 645", /* = trailers[9].brand */
    .trailer.trailer[9].con_s.name = "name 646", /* = trailers[9].name */
    .trailer.trailer[9].con_s.licensePlate = "licens 647", /* = trailers[9].license_plate */
};
